// The selection: a customer, a process or a message, the same in every view and in the list.
import { pidsOf } from "./event_sentences.js";

/** The message `id` (the number of the event that sent it) of `run` with what views need to mark it, or null. */
function messageOf(what, { messages, events }) {
  const number = (m) => events[m.at].traceIndex ?? m.at, m = messages.all.find((one) => number(one) === what.id);
  return m ? { ...what, position: m.at, taken: m.taken, number: number(m), pids: [m.from, m.to].filter(Boolean) } : null;
}

export class Selection {
  constructor(timeline) {
    this.timeline = timeline;
    this.now = null; // {type: "customer" | "process" | "message", id, run}
  }
  set(what) {
    this.now = what?.type === "message" ? messageOf(what, this.timeline.runs[what.run]) : what;
  }
  /** The selection, for a view of run `r`. */
  in(r) {
    return this.now?.run === r ? this.now : null;
  }

  /** The subject of event `i`, as something that can be marked. */
  subject(i) {
    const { timeline } = this;
    if (i < 0 || i >= timeline.n) return null;
    const e = timeline.event(i), run = timeline.runOf[i], { messages, events } = timeline.runs[run], m = messages.byPosition.get(timeline.placeOf[i]);
    if (m) return { type: "message", id: events[m.at].traceIndex ?? m.at, run };
    if (e.customer !== undefined) return { type: "customer", id: String(e.customer), run };
    const [pid] = pidsOf(e);
    return pid ? { type: "process", id: pid, run } : null;
  }
  /** The message `by` after the marked one, of those sent in the first `n` events; without a mark the last of them. */
  next(by, n) {
    const { timeline } = this, r = this.now?.run ?? (n ? timeline.runOf[n - 1] : 0), { messages, events } = timeline.runs[r], count = timeline.countsAt(n)[r];
    const seen = messages.all.filter((m) => m.at < count), at = seen.findIndex((m) => this.now?.type === "message" && m.at === this.now.position);
    const m = at < 0 ? seen.at(-1) : seen[at + by];
    return m ? { type: "message", id: events[m.at].traceIndex ?? m.at, run: r } : null;
  }
  /** The look of event `i`'s row in the list: "chosen" or nothing. */
  look(i) {
    const { now, timeline } = this;
    if (!now || now.run !== timeline.runOf[i]) return "";
    const e = timeline.event(i), place = timeline.placeOf[i];
    const is = { message: () => place === now.position || place === now.taken, customer: () => String(e.customer) === String(now.id), process: () => pidsOf(e).includes(now.id) };
    return is[now.type]() ? "chosen" : "";
  }
  /** The selection in words. */
  words() {
    const { now } = this, run = now && this.timeline.runs[now.run];
    if (!now) return "";
    return `Marked: ${now.type === "message" ? run.sentence(now.position) : now.type === "customer" ? `customer ${now.id}.` : `${run.nameOf(now.id)}.`}`;
  }
}
