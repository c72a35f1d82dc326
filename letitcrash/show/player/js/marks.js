// What is marked: a customer, a process or a message, the same in every view and in the list.
import { pidsOf, sentence } from "./words.js";

/** The message `id` (the number of the event that sent it) of `run` with what views need to mark it, or null. */
function messageOf(what, { messages, events }) {
  const number = (m) => events[m.at].number ?? m.at, m = messages.all.find((one) => number(one) === what.id);
  return m ? { ...what, position: m.at, taken: m.taken, number: number(m), pids: [m.from, m.to].filter(Boolean) } : null;
}

export class Marks {
  constructor(telling) {
    this.telling = telling;
    this.now = null; // {type: "customer" | "process" | "message", id, run}
  }
  set(what) {
    this.now = what?.type === "message" ? messageOf(what, this.telling.runs[what.run]) : what;
  }
  /** What is marked, for a view of run `r`. */
  in(r) {
    return this.now?.run === r ? this.now : null;
  }

  /** What event `i` is about, as something that can be marked. */
  subject(i) {
    const { telling } = this;
    if (i < 0 || i >= telling.n) return null;
    const e = telling.event(i), run = telling.runOf[i], { messages, events } = telling.runs[run], m = messages.byPosition.get(telling.placeOf[i]);
    if (m) return { type: "message", id: events[m.at].number ?? m.at, run };
    if (e.customer !== undefined) return { type: "customer", id: String(e.customer), run };
    const [pid] = pidsOf(e);
    return pid ? { type: "process", id: pid, run } : null;
  }
  /** The message `by` after the marked one, of those sent in the first `n` events; without a mark the last of them. */
  next(by, n) {
    const { telling } = this, r = this.now?.run ?? (n ? telling.runOf[n - 1] : 0), { messages, events } = telling.runs[r], count = telling.countsAt(n)[r];
    const seen = messages.all.filter((m) => m.at < count), at = seen.findIndex((m) => this.now?.type === "message" && m.at === this.now.position);
    const m = at < 0 ? seen.at(-1) : seen[at + by];
    return m ? { type: "message", id: events[m.at].number ?? m.at, run: r } : null;
  }
  /** How the row of event `i` looks in the list: "chosen" or nothing. */
  look(i) {
    const { now, telling } = this;
    if (!now || now.run !== telling.runOf[i]) return "";
    const e = telling.event(i), place = telling.placeOf[i];
    const is = { message: () => place === now.position || place === now.taken, customer: () => String(e.customer) === String(now.id), process: () => pidsOf(e).includes(now.id) };
    return is[now.type]() ? "chosen" : "";
  }
  /** What is marked, in words. */
  words() {
    const { now } = this, run = now && this.telling.runs[now.run];
    if (!now) return "";
    return `Marked: ${now.type === "message" ? sentence(run.events[now.position], run.who) : now.type === "customer" ? `customer ${now.id}.` : `${run.who(now.id)}.`}`;
  }
}
