// The player: one position in one timeline, several views of it, and the reader's hands on it.
import { frameOf, icon, overviewOf, SPEEDS } from "./controls.js";
import { FORMAT } from "./unpack.js";
import { leavesAs } from "./event_sentences.js";
import { listen, onKey } from "./input.js";
import { EventList } from "./event_list.js";
import { Selection } from "./selection.js";
import { countAt, inWords, secondAt } from "./pace.js";
import { Run } from "./run.js";
import { offered, Views, VIEWS } from "./views.js";
import { Timeline } from "./timeline.js";
import { things } from "./text.js";
import { bringIntoSight, roomFor, watchSight } from "./window_fit.js";

const STILL_LASTS = 1000, MOST_STILLS = 150; // milliseconds a still; stills of a whole run

export class Player {
  /** `line` is null on a page; in a notebook it asks the kernel: `line.more()` gives what has happened since. */
  constructor(root, spec, line = null) {
    Object.assign(this, { root, spec, line, speed: 1, playing: false });
    this.quiet = matchMedia("(prefers-reduced-motion: reduce)");
    if (spec.version > FORMAT) spec.runs.forEach((run) => (run.notes ??= []).unshift(`This page knows version ${FORMAT} of a player's data, this is version ${spec.version}: what it knows is shown.`));
    const runs = spec.runs.map((packed, i) => new Run(packed, spec.names?.[i] ?? (spec.runs.length > 1 ? "AB"[i] : null)));
    this.timeline = new Timeline(runs, spec);
    this.selection = new Selection(this.timeline);
    this.build(spec.views ?? null);
    root.addEventListener("keydown", (event) => onKey(this, event));
    this.quiet.addEventListener("change", () => this.go(this.n, { announce: false }));
    this.go(spec.at == null ? (spec.live ? this.timeline.n : this.timeline.opening) : this.timeline.positionOf(spec.at), { announce: false });
  }
  get runs() {
    return this.timeline.runs;
  }
  get pace() {
    return this.timeline.pace;
  }
  get views() {
    return this.stage.views;
  }

  // Building

  build(wanted) {
    const { root, spec, timeline } = this, two = timeline.runs.length > 1, frame = document.createElement("div");
    this.stage = new Views(this, wanted, root.clientWidth);
    frame.className = "lic-frame";
    frame.innerHTML = frameOf({
      why: spec.why, runs: timeline.runs.length, lookFor: this.lookFor(), crashes: timeline.crashes.length > 0, rate: inWords(timeline.pace.rate), notes: timeline.runs.flatMap((run) => run.notes.map((note) => (two ? `${run.name}: ${note}` : note))),
      views: this.stage.offered.map((name) => [name, VIEWS[name].title, this.stage.visible.has(name)]),
    });
    for (const old of root.querySelectorAll(":scope > .lic-frame, :scope > .lic-still")) old.remove();
    const title = root.querySelector(":scope > .lic-title");
    if (title) title.after(frame);
    else root.prepend(frame);
    const find = (what) => frame.querySelector(what);
    Object.assign(this, { range: find(".lic-seek input"), overview: find(".lic-overview"), transport: find(".lic-transport"), clock: find(".lic-clock"), clockText: null, live: find(".lic-live"), playButton: find('[data-do="play"]'), speedMenu: find(".lic-speed select") });
    this.setSpeed(this.speed);
    this.stage.settle(find(".lic-stage-of-runs"));
    this.list = new EventList(find(".lic-event-list"), {
      label: "What happens, in words", size: () => timeline.n, choose: (n) => this.go(n),
      text: (i) => {
        const run = timeline.runAt(i), e = timeline.event(i);
        return { at: timeline.face(e.at), words: run.sentence(timeline.placeOf[i]), run: two ? run.name : "", flag: this.isFlagged(i), look: this.selection.look(i) };
      },
    });
    listen(this, frame);
    this.room?.disconnect();
    this.room = new ResizeObserver(() => this.shape());
    this.shape();
    this.room.observe(this.stage.el);
    this.room.observe(document.documentElement);
    this.endWatch?.();
    this.endWatch = watchSight(this.transport, () => this.playing, () => this.pause());
  }
  isFlagged(i) {
    return this.spec.at != null && this.timeline.runOf[i] === 0 && this.timeline.numberOf(i) === this.spec.at;
  }
  shape() {
    if (this.stage.shape(roomFor(this.root, this.transport))) this.sketch();
  }
  /** The strip above the slider. */
  sketch() {
    const wide = this.overview.clientWidth || this.stage.width, { timeline } = this;
    this.overview.setAttribute("viewBox", `0 0 ${wide} 32`);
    this.overview.innerHTML = overviewOf(timeline.pace, (i) => timeline.event(i), (i) => this.isFlagged(i), wide);
    this.elapsed = this.overview.querySelector(".elapsed");
    this.overviewWidth = wide;
    if (this.n !== undefined) this.elapsed.setAttribute("width", ((this.tau / (timeline.end || 1)) * wide).toFixed(1));
  }
  /** Show or hide a view; one that the author did not ask for is made first. */
  toggle(name) {
    const { stage } = this;
    if (!stage.offered.includes(name)) return;
    if (stage.kinds.includes(name)) stage.toggle(name);
    else {
      this.build([...stage.kinds, name]);
      this.stage.visible = new Set([...stage.visible, name]);
      this.stage.width = 0;
    }
    for (const button of this.root.querySelectorAll(".lic-views [data-view]")) button.setAttribute("aria-pressed", String(this.stage.visible.has(button.dataset.view)));
    this.shape();
    this.show(this.n, { jumped: true, still: true });
  }

  // Moving

  /** The virtual second at which the player stands. */
  get second() {
    return secondAt(this.timeline.pace, this.tau);
  }
  /** Stand just after `n` events. */
  go(n, { announce = true, step = false } = {}) {
    const { timeline } = this, from = this.n ?? 0;
    n = Math.max(0, Math.min(timeline.n, n));
    this.tau = n === 0 ? 0 : n === timeline.n && !step ? timeline.end : timeline.pace.when[n - 1];
    this.show(n, { jumped: !(step && n === from + 1), from, still: true });
    this.wake();
    if (announce && !this.playing) this.announce();
    return this;
  }
  goToFlagged() {
    if (this.spec.at != null) this.go(this.timeline.positionOf(this.spec.at));
  }
  /** Stand at the next crash, or after the last one at the first. */
  goToCrash() {
    const { crashes } = this.timeline, next = crashes.find((i) => i >= this.n) ?? crashes[0];
    this.pause({ announce: false });
    if (next !== undefined) this.go(next + 1);
  }
  /** One thing to look for in this run. */
  lookFor() {
    const { timeline } = this, [crash] = timeline.crashes, leaves = (i) => (leavesAs(timeline.event(i)) ?? "served") !== "served";
    const told = (i) => `${timeline.runAt(i).name ? `${timeline.runAt(i).name}: ` : ""}at ${timeline.face(timeline.event(i).at)}, ${timeline.runAt(i).sentence(timeline.placeOf[i]).replace(/^Node /, "node ").replace(/^Customer /, "customer ")}`;
    if (crash !== undefined) return `${told(crash)} What happens next?`;
    for (let i = 0; i < timeline.n; i++) if (leaves(i)) return told(i);
    return timeline.runs.some((run) => run.facts.longest > 3) ? "the moment when the line is longest." : "";
  }
  /** Stand at playback second `seconds`. */
  seek(seconds) {
    this.tau = Math.max(0, Math.min(this.timeline.end, seconds));
    this.show(countAt(this.timeline.pace, this.tau), { jumped: true, still: true });
  }
  async step(by) {
    this.pause({ announce: false });
    if (by > 0 && this.n >= this.timeline.n && this.line) await this.fetch(1);
    this.go(this.n + by, { step: true });
  }
  faster(by) {
    this.setSpeed(SPEEDS[Math.max(0, Math.min(SPEEDS.length - 1, SPEEDS.indexOf(this.speed) + by))]);
    this.say(`Speed ${this.speed} times.`);
  }
  setSpeed(speed) {
    this.speed = speed;
    this.speedMenu.value = String(speed);
  }
  play() {
    if (this.playing) return;
    if (this.tau >= this.timeline.end && !this.line) this.go(0, { announce: false });
    bringIntoSight(this.root, this.transport);
    this.playing = true;
    this.labelButton("pause", "Pause");
    this.wake();
  }
  pause({ announce = true } = {}) {
    if (!this.playing) return;
    this.playing = false;
    this.labelButton("play", "Play");
    this.show(this.n, { from: this.n, still: true });
    if (announce) this.announce();
  }
  labelButton(picture, label) {
    this.playButton.innerHTML = icon(picture);
    this.playButton.setAttribute("aria-label", label);
  }

  /** Frames from now on, for as long as it plays or somebody walks. */
  wake() {
    if (this.awake) return;
    this.awake = true;
    this.before = null;
    requestAnimationFrame((now) => this.frame(now));
  }
  frame(now) {
    this.awake = this.root.isConnected;
    if (!this.awake) this.playing = false;
    const dt = this.before === null ? 0 : Math.min(0.1, (now - this.before) / 1000);
    this.before = now;
    if (this.playing) this.advance(dt, now);
    const walking = this.stage.frame(dt);
    this.awake &&= this.playing || walking;
    if (this.awake) requestAnimationFrame((next) => this.frame(next));
  }
  advance(dt, now) {
    if (this.quiet.matches) return this.advanceInStills(now);
    const { timeline, line } = this;
    this.tau = Math.min(timeline.end, this.tau + dt * this.speed);
    const n = countAt(timeline.pace, this.tau), pause = n === this.n ? 100 : 0;
    if (line && !line.over && timeline.end - this.tau < 2 * this.speed) this.fetch();
    if (now - (this.shownAt ?? 0) >= pause) {
      this.shownAt = now;
      this.show(n, { from: this.n });
    } else this.putClock();
    if (this.tau >= timeline.end && (!line || line.over)) {
      this.show(timeline.n, { from: this.n });
      this.pause();
    }
  }

  /** With reduced motion: one still after the other, each just after an event, in place of a picture that moves. */
  advanceInStills(now) {
    const { timeline, line } = this, pause = STILL_LASTS / this.speed;
    if (line && !line.over && this.n + 4 > timeline.n) this.fetch();
    if (now - (this.shownAt ?? 0) < pause) return;
    this.shownAt = now;
    const n = Math.min(timeline.n, this.n + Math.max(1, Math.round(timeline.n / MOST_STILLS)));
    this.tau = n ? timeline.pace.when[n - 1] : 0;
    this.show(n, { jumped: true, still: true });
    if (n === timeline.n && (!line || line.over)) this.pause();
  }

  show(n, { jumped = false, from = this.n, still = false } = {}) {
    const moved = n !== this.n, now = performance.now();
    this.n = n;
    this.stage.draw(n, { t: this.second, from, jumped, still });
    this.putClock();
    if (!(moved || still) || (this.playing && now - (this.listed ?? 0) < 250)) return;
    this.listed = now;
    this.list.move(n - 1);
  }
  putClock() {
    const now = performance.now(), { timeline } = this, t = this.second;
    if (this.playing && now - (this.clockAt ?? 0) < 60) return;
    this.clockAt = now;
    const text = `${timeline.face(t)} · ${this.n} of ${timeline.n}`, share = this.tau / (timeline.end || 1);
    if (text !== this.clockText) {
      this.clockText = this.clock.textContent = text;
      this.range.setAttribute("aria-valuetext", `${timeline.face(t)}, ${this.n} of ${things(timeline.n, "event", "events")}`);
    }
    this.range.value = String(share);
    this.range.style.setProperty("--lic-fill", `${(share * 100).toFixed(2)}%`);
    this.elapsed?.setAttribute("width", (share * this.overviewWidth).toFixed(1));
  }

  // Saying and marking

  say(text) {
    this.live.textContent = text;
  }
  announce() {
    const { n, timeline } = this, e = n ? timeline.event(n - 1) : null, run = e && timeline.runAt(n - 1);
    this.say(e ? `${timeline.face(e.at)}. ${run.name ? `${run.name}: ` : ""}${run.sentence(timeline.placeOf[n - 1])}` : "At the beginning; nothing has happened yet.");
  }
  nextMessage(by) {
    const next = this.selection.next(by, this.n);
    if (next) this.select(next);
  }
  /** Mark a customer, a process or a message in every view and in the list; null takes the mark away. */
  select(what) {
    this.selection.set(what);
    this.show(this.n, { from: this.n });
    this.list.move(this.n - 1, { refill: true });
    if (what) this.say(this.selection.words());
  }

  // A world that still runs

  async fetch(least = 0) {
    this.fetching ??= (async () => {
      const packed = await this.line.more(least || Math.ceil((this.timeline.n / Math.max(1, this.timeline.end)) * 4 * this.speed) + 4);
      this.fetching = null;
      if (packed) this.grow(packed);
    })();
    return this.fetching;
  }
  /** Add what the kernel sent: the newest events of the (one) run. */
  grow(packed) {
    const { timeline, stage, n } = this, { end } = timeline, stay = this.tau, [run] = timeline.runs, had = run.events.length === 0;
    if (packed.over && this.line) this.line.over = true;
    if (!packed.run) return;
    run.append(packed.run);
    timeline.grow();
    for (const words of this.root.querySelectorAll(".lic-rate")) words.textContent = inWords(timeline.pace.rate);
    this.tau = n ? Math.max(timeline.pace.when[n - 1], Math.min(stay, timeline.end)) : 0;
    if (had || stage.offered.join() !== offered(timeline.runs).join()) {
      this.build(null);
      this.go(n, { announce: false });
    } else {
      this.sketch();
      stage.grow();
      this.list.move(n - 1, { refill: true });
      this.putClock();
    }
    if (packed.follow && stay >= end && !this.playing) this.go(timeline.n, { announce: false });
  }
}
