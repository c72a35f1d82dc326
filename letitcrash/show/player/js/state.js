// What a trace says at any moment: the rules of letitcrash/show/player/rules_*.py, word for word.
import { isClean } from "./text.js";

/** The state before the first event. */
export const start = () => ({
  n: 0, at: 0, line: null, tills: {}, lines: {}, customers: {}, served: 0, balked: 0, reneged: 0,
  processes: {}, names: {}, mailboxes: {}, links: [], timers: {}, lost: 0, supervisors: {},
});

/** `state` after `event`: it is changed in place. */
export function apply(state, event) {
  if (event.state) return structuredClone(event.state); // the trace was thinned here
  const rule = RULES[event.kind];
  if (rule && rule[0].every((field) => field in event)) rule[1](state, event);
  state.n += 1;
  state.at = Math.max(state.at, event.at ?? 0);
  return state;
}

/** The restarts that still count at virtual `second`, newest first. */
export const windowAt = (supervisor, second) => supervisor.window.filter((at) => at >= Math.floor(second) - supervisor.period);

const till = (s, number) => (s.tills[number] ??= { open: false, serving: null, broken: null, drops: 0 });
const leave = (s, customer) => {
  for (const line of Object.values(s.lines)) {
    const place = line.indexOf(customer);
    if (place >= 0) line.splice(place, 1);
  }
  for (const t of Object.values(s.tills)) if (t.serving === customer) t.serving = null;
  delete s.customers[customer];
};
const post = (s, receiver) => (s.mailboxes[receiver] ??= []).push(s.n);
const staff = (s, name, works, broken = null) => {
  const found = /^till (\w+)$/.exec(String(name));
  if (!found) return;
  const at = Object.assign(till(s, found[1]), { open: works, broken });
  if (broken !== null) at.drops += 1;
};
const pairOf = (e) => [String(e.pid), String(e.other)].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
const same = (a, b) => a[0] === b[0] && a[1] === b[1];
const supervisor = (s, pid) =>
  (s.supervisors[pid] ??= { strategy: null, intensity: null, period: 0, window: [], restarts: 0, gave_up: null, children: [] });
const key = (id) => (typeof id === "object" ? JSON.stringify(id) : id);
const TEMPLATE = "simple_one_for_one";
const child = (s, e, ...waiting) => {
  const boss = supervisor(s, e.supervisor), many = boss.strategy === TEMPLATE;
  const fits = (c) => !many || (waiting.length ? waiting.includes(c.state) : c.pid === (e.pid ?? null));
  let found = boss.children.find((c) => key(c.id) === key(e.id) && fits(c));
  if (!found) boss.children.push((found = { id: e.id, pid: null, type: null, restart: null, state: "empty", restarts: 0 }));
  return found;
};
const forgetGone = (s, e) => {
  const boss = supervisor(s, e.supervisor);
  if (boss.strategy === TEMPLATE) boss.children = boss.children.filter((c) => c.state !== "down" && c.state !== "empty");
};

const RULES = {
  StoreOpened: [["tills", "line"], (s, e) => {
    s.line = e.line;
    for (let number = 1; number <= e.tills; number++) till(s, number);
  }],
  TillOpened: [["till"], (s, e) => { till(s, e.till).open = true; }],
  TillClosed: [["till"], (s, e) => { till(s, e.till).open = false; }],
  Arrived: [["customer"], (s, e) => { s.customers[e.customer] = { place: "door", since: e.at }; }],
  Joined: [["customer", "line"], (s, e) => {
    (s.lines[e.line] ??= []).push(e.customer);
    s.customers[e.customer] = { place: `line ${e.line}`, since: e.at };
  }],
  Started: [["customer", "till"], (s, e) => {
    leave(s, e.customer);
    till(s, e.till).serving = e.customer;
    s.customers[e.customer] = { place: `till ${e.till}`, since: e.at };
  }],
  Finished: [["customer", "till"], (s, e) => { leave(s, e.customer); s.served += 1; }],
  Balked: [["customer"], (s, e) => { leave(s, e.customer); s.balked += 1; }],
  Reneged: [["customer"], (s, e) => { leave(s, e.customer); s.reneged += 1; }],

  Spawned: [["pid", "name", "parent"], (s, e) => {
    s.processes[e.pid] = { name: e.name, body: e.body ?? null, parent: e.parent, alive: true, reason: null, busy: 0, traps: false };
    staff(s, e.name, true);
  }],
  Exited: [["pid", "reason"], (s, e) => {
    const process = (s.processes[e.pid] ??= { name: null, body: null, parent: null, busy: 0, traps: false });
    Object.assign(process, { alive: false, reason: e.reason });
    delete s.mailboxes[e.pid];
    s.links = s.links.filter((pair) => !pair.includes(String(e.pid)));
    staff(s, process.name, false, isClean(e.reason) ? null : e.reason);
  }],
  Registered: [["pid", "name"], (s, e) => { s.names[e.name] = e.pid; }],
  Unregistered: [["name"], (s, e) => { delete s.names[e.name]; }],
  Linked: [["pid", "other"], (s, e) => {
    const pair = pairOf(e);
    if (!s.links.some((other) => same(other, pair))) s.links.push(pair);
  }],
  Unlinked: [["pid", "other"], (s, e) => {
    const pair = pairOf(e);
    s.links = s.links.filter((other) => !same(other, pair));
  }],
  Trapping: [["pid", "on"], (s, e) => { if (s.processes[e.pid]) s.processes[e.pid].traps = e.on; }],
  Slept: [["pid", "until"], (s, e) => { if (s.processes[e.pid]) s.processes[e.pid].busy = e.until; }],
  Sent: [["sender", "receiver", "message"], (s, e) => { post(s, e.receiver); }],
  Signalled: [["receiver", "outcome"], (s, e) => { if (e.outcome === "message") post(s, e.receiver); }],
  Received: [["pid", "position"], (s, e) => {
    const mailbox = s.mailboxes[e.pid] ?? [];
    if (e.position >= 0 && e.position < mailbox.length) mailbox.splice(e.position, 1);
  }],
  Dropped: [["receiver", "message"], (s) => { s.lost += 1; }],
  TimerSet: [["receiver", "due", "ref"], (s, e) => {
    for (const [ref, timer] of Object.entries(s.timers)) if (timer.due <= e.at) delete s.timers[ref];
    s.timers[e.ref] = { receiver: e.receiver, due: e.due };
  }],
  TimerCancelled: [["ref"], (s, e) => { delete s.timers[e.ref]; }],

  SupervisorStarted: [["pid", "strategy", "intensity", "period"], (s, e) => {
    Object.assign(supervisor(s, e.pid), { strategy: e.strategy, intensity: e.intensity, period: e.period });
    for (const id of e.children ?? []) {
      if (e.strategy === TEMPLATE) break;
      const found = child(s, { supervisor: e.pid, id });
      if (found.pid === null) found.state = "waiting";
    }
  }],
  ChildStarted: [["supervisor", "id", "pid"], (s, e) => {
    if (!e.again) forgetGone(s, e);
    Object.assign(e.again ? child(s, e, "restarting", "failed") : child(s, e), {
      pid: e.pid, state: e.pid === null ? "empty" : "running", type: e.type ?? null, restart: e.restart ?? null,
    });
  }],
  ChildFailed: [["supervisor", "id"], (s, e) => { child(s, e, "restarting", "failed").state = "failed"; }],
  ChildExited: [["supervisor", "id"], (s, e) => {
    forgetGone(s, e);
    child(s, e).state = "down";
  }],
  ChildStopping: [["supervisor", "id"], (s, e) => { child(s, e).state = "stopping"; }],
  ChildStopped: [["supervisor", "id"], (s, e) => {
    const back = supervisor(s, e.supervisor).children.some((c) => c.state === "restarting");
    child(s, e).state = back ? "waiting" : "stopped";
  }],
  ChildRemoved: [["supervisor", "id"], (s, e) => {
    const boss = supervisor(s, e.supervisor);
    boss.children = boss.children.filter((c) => key(c.id) !== key(e.id));
  }],
  Restarted: [["supervisor", "id", "window", "intensity", "period"], (s, e) => {
    const boss = supervisor(s, e.supervisor);
    Object.assign(boss, { window: [...e.window], intensity: e.intensity, period: e.period, restarts: boss.restarts + 1 });
    const again = child(s, e, "down", "failed");
    Object.assign(again, { restarts: again.restarts + 1, state: "restarting" });
  }],
  GaveUp: [["supervisor", "id", "window", "intensity", "period"], (s, e) => {
    Object.assign(supervisor(s, e.supervisor), { window: [...e.window], intensity: e.intensity, period: e.period, gave_up: e.id });
  }],
};

/** Every kind of event that changes the picture. */
export const known = (kind) => kind in RULES;

/** A run that can be read forwards, backwards and anywhere: states are kept at every so many events and replayed between. */
export class Replay {
  constructor(events) {
    this.events = events;
    this.frames = new Map([[0, start()]]);
    this.count = 0;
    this.state = start();
  }
  /** The state after `count` events; it is the replay's own, to look at and not to keep. */
  seek(count) {
    count = Math.max(0, Math.min(count, this.events.length));
    const every = Math.max(64, Math.ceil(this.events.length / 100));
    if (count < this.count || count > this.count + every) {
      let frame = 0;
      for (const kept of this.frames.keys()) if (kept <= count && kept > frame) frame = kept;
      if (count < this.count || frame > this.count) {
        this.state = structuredClone(this.frames.get(frame));
        this.count = frame;
      }
    }
    while (this.count < count) {
      this.state = apply(this.state, this.events[this.count]);
      this.count += 1;
      if (this.count % every === 0 && !this.frames.has(this.count)) this.frames.set(this.count, structuredClone(this.state));
    }
    return this.state;
  }
}
