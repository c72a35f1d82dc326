// Who sent what to whom, and who lived when.

/** The fields of an event that name a process whose lane it belongs to. */
export const ACTS = ["pid", "sender", "receiver", "supervisor"];
export const isPid = (value) => typeof value === "string";

/** Who sent what to whom, read once from the events; grows with a run that goes on. */
export class Messages {
  constructor() {
    this.read = 0;
    this.lanes = [];
    this.lives = new Map(); // pid -> {from, to, reason}: positions of the first and the last event
    this.all = []; // {at: position, from, to, taken: position or null, lost}
    this.byPosition = new Map();
    this.columns = []; // positions of the events that concern processes
    this.columnOf = []; // for each position, how many columns lie before it
    this.boxes = {};
    this.street = false;
  }
  extend(events) {
    for (; this.read < events.length; this.read++) this.take(events[this.read], this.read);
    return this;
  }
  take(e, p) {
    this.columnOf[p] = this.columns.length;
    if (e.state) {
      this.boxes = {};
      for (const pid of Object.keys(e.state.processes)) this.life(pid, p);
    }
    const pids = ACTS.map((f) => e[f]).filter(isPid);
    if (!pids.length) return;
    this.columns.push(p);
    for (const pid of pids) if (e.kind !== "Dropped" || pid !== e.receiver) this.life(pid, p);
    if (e.kind === "Exited") Object.assign(this.lives.get(e.pid), { to: p, reason: e.reason });
    if (e.kind === "Sent" || (e.kind === "Signalled" && e.outcome !== "ignored")) {
      const m = { at: p, from: e.sender ?? null, to: e.receiver, taken: null, lost: false, signal: e.kind === "Signalled" };
      this.add(m);
      if (e.kind === "Sent" || e.outcome === "message") (this.boxes[e.receiver] ??= []).push(m);
      else m.taken = p;
    } else if (e.kind === "Dropped") this.add({ at: p, from: e.sender ?? null, to: e.receiver, taken: null, lost: true });
    else if (e.kind === "Received") {
      const [m] = (this.boxes[e.pid] ?? []).splice(e.position, 1);
      if (m) {
        m.taken = p;
        this.byPosition.set(p, m);
      }
    } else if (e.kind === "Exited") delete this.boxes[e.pid];
  }
  add(m) {
    this.all.push(m);
    this.byPosition.set(m.at, m);
    this.street ||= m.from === null;
  }
  life(pid, p) {
    if (this.lives.has(pid)) return;
    this.lives.set(pid, { from: p, to: null });
    this.lanes.push(pid);
  }
}
