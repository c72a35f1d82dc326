// The messages and the lives of processes.

import { lanesOf } from "./event_sentences.js";

/** The messages of a run, read once from the events; grows with a run that goes on. */
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
    this.nodes = new Map(); // node -> positions of its own events
    this.onWire = new Map(); // "wire number" -> position of its departure
    this.arrived = null; // {at, departed}: the signal whose effect is the next event
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
    const departed = this.takeSignal(e, p);
    if (e.kind.startsWith("Node") && typeof e.node === "string") {
      this.columns.push(p);
      if (!this.nodes.has(e.node)) this.nodes.set(e.node, []);
      this.nodes.get(e.node).push(p);
    }
    const pids = lanesOf(e);
    if (!pids.length) return;
    this.columns.push(p);
    for (const pid of pids) if (e.kind !== "Dropped" || pid !== e.receiver) this.life(pid, p);
    if (e.kind === "Exited") Object.assign(this.lives.get(e.pid), { to: p, reason: e.reason });
    if (e.kind === "Sent" || (e.kind === "Signalled" && e.outcome !== "ignored")) {
      const m = { at: p, departed, from: e.sender ?? null, to: e.receiver, taken: null, lost: false, signal: e.kind === "Signalled" };
      this.add(m);
      if (e.kind === "Sent" || e.outcome === "message") (this.boxes[e.receiver] ??= []).push(m);
      else m.taken = p;
    } else if (e.kind === "Dropped") this.add({ at: p, departed, from: e.sender ?? null, to: e.receiver, taken: null, lost: true });
    else if (e.kind === "Received") {
      const [m] = (this.boxes[e.pid] ?? []).splice(e.position, 1);
      if (m) {
        m.taken = p;
        this.byPosition.set(p, m);
      }
    } else if (e.kind === "Exited") delete this.boxes[e.pid];
  }
  /** Follows a signal over a wire; gives the position at which the one departed whose effect is this event, or null. */
  takeSignal(e, p) {
    const key = `${e.wire} ${e.number}`, { arrived } = this;
    this.arrived = null;
    if (e.kind === "Departed") this.onWire.set(key, p);
    else if (e.kind === "Delivered") this.arrived = this.onWire.get(key) ?? null;
    else return arrived;
    return null;
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
