// One timeline of one or two runs: their events in one order, and which of them have happened at each place.
import { isCrash } from "./event_sentences.js";
import { pace, rateFor } from "./pace.js";
import { clockFace } from "./text.js";

const BEFORE_CRASH = 3, AFTER_CRASH = 15; // events around a crash that are slow enough to be seen

export class Timeline {
  /** `remainingSeconds` is how many seconds a world that is watched while it runs will still go on, where that is known. */
  constructor(runs, { rate, openingHour, remainingSeconds }) {
    Object.assign(this, { runs, rate: rate ?? (remainingSeconds ? rateFor(remainingSeconds, 40) : null), openingHour: openingHour ?? null });
    this.read();
  }

  /** Merge the runs; again when one of them has grown. */
  read() {
    const heads = this.runs.map(() => 0), sizes = this.runs.map((run) => run.events.length), n = sizes.reduce((a, b) => a + b, 0), times = new Float64Array(n);
    this.runOf = new Uint8Array(n);
    this.placeOf = new Uint32Array(n);
    let latest = -Infinity;
    for (let i = 0; i < n; i++) {
      let run = -1;
      for (let r = 0; r < heads.length; r++)
        if (heads[r] < sizes[r] && (run < 0 || this.runs[r].events[heads[r]].at < this.runs[run].events[heads[run]].at)) run = r;
      this.runOf[i] = run;
      this.placeOf[i] = heads[run];
      latest = Math.max(latest, this.runs[run].events[heads[run]].at);
      times[i] = latest;
      heads[run] += 1;
    }
    this.crashes = [];
    for (let i = 0; i < n; i++) if (isCrash(this.event(i))) this.crashes.push(i);
    const slow = new Uint8Array(n);
    for (const i of this.crashes) slow.fill(1, Math.max(0, i - BEFORE_CRASH), i + AFTER_CRASH);
    this.pace = pace(times, Math.max(...this.runs.map((run) => run.until), 0), this.rate, slow);
    this.face = clockFace(n ? Math.max(this.pace.last - times[0], this.pace.last) : 0, this.openingHour);
    this.counts = this.runs.map(() => 0);
    this.countedTo = 0;
  }

  /** After a run has grown. When enough was told to know how fast, the rate stays as it is. */
  grow() {
    if (this.n >= 40) this.rate ??= this.pace.rate;
    this.read();
  }

  get n() {
    return this.pace.n;
  }
  get end() {
    return this.pace.end;
  }
  /** The place to begin: when all that starts at second 0 stands, if there is something to come after it. */
  get opening() {
    let i = 0;
    while (i < this.n && this.event(i).at <= 0) i += 1;
    return i < this.n ? i : 0;
  }
  event(i) {
    return this.runs[this.runOf[i]].events[this.placeOf[i]];
  }
  runAt(i) {
    return this.runs[this.runOf[i]];
  }
  /** The number of event `i` in its trace. */
  numberOf(i) {
    return this.event(i).traceIndex ?? this.placeOf[i];
  }
  /** The position just after event `number` of the first run's trace. */
  positionOf(number) {
    for (let i = 0; i < this.n; i++) if (this.runOf[i] === 0 && this.numberOf(i) >= number) return i + 1;
    return this.n;
  }
  /** The number of events of each run in the first `n` of the timeline. */
  countsAt(n) {
    while (this.countedTo < n) this.counts[this.runOf[this.countedTo++]] += 1;
    while (this.countedTo > n) this.counts[this.runOf[--this.countedTo]] -= 1;
    return this.counts;
  }
}
