// The changes that events make to a state, by name: those of letitcrash/show/player/state_changes.py, in the same order.
import { isClean } from "./text.js";

const TEMPLATE = "simple_one_for_one";
const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
const key = (id) => (typeof id === "object" ? JSON.stringify(id) : id);

const tillOf = (s, number) => (s.tills[number] ??= { open: false, serving: null, broken: null, drops: 0 });
const post = (s, receiver) => (s.mailboxes[receiver] ??= []).push(s.n);
const pairOf = (pid, other) => [String(pid), String(other)].sort(compare);
const isSame = (a, b) => a[0] === b[0] && a[1] === b[1];

/** A process called "till 2" is the clerk of till 2; one that crashes drops eggs there until the next sits down. */
function staff(s, name, works, broken = null) {
  const found = /^till (\w+)$/.exec(String(name));
  if (!found) return;
  const till = Object.assign(tillOf(s, found[1]), { open: works, broken });
  if (broken !== null) till.drops += 1;
}

const storeOf = (s, number) => (s.stores[number] ??= { tills: [], is_dark: false, is_out: false });
const shelfOf = (s, number) => (s.shelves[number] ??= { labels: {}, fetching: {}, waits: {}, last: null });
const leaveLines = (s, customer) => {
  for (const line of Object.values(s.lines)) {
    const place = line.indexOf(customer);
    if (place >= 0) line.splice(place, 1);
  }
};
const wireOf = (s, wire) => (s.wires[wire] ??= { is_cut: false, carries: [] });

/** The other direction of a wire; its nodes, whose names may have hyphens too, have started before. */
function backOf(s, wire) {
  const isHere = (node) => wire.startsWith(`${node}-`) && Object.hasOwn(s.nodes, wire.slice(node.length + 1));
  const here = Object.keys(s.nodes).find(isHere) ?? wire.split("-")[0];
  return `${wire.slice(here.length + 1)}-${here}`;
}
const supervisorOf = (s, pid) =>
  (s.supervisors[pid] ??= { strategy: null, intensity: null, period: 0, window: [], restarts: 0, gave_up: null, children: [] });

/** The child with this id. Of a template's children it is the one with that pid, or that is `waiting`. */
function childOf(s, supervisor, id, pid, ...waiting) {
  const known = supervisorOf(s, supervisor), fits = (c) => known.strategy !== TEMPLATE || (waiting.length ? waiting.includes(c.state) : c.pid === pid);
  let found = known.children.find((c) => key(c.id) === key(id) && fits(c));
  if (!found) known.children.push((found = { id, pid: null, type: null, restart: null, state: "empty", restarts: 0 }));
  return found;
}
function forgetGone(s, supervisor) {
  const known = supervisorOf(s, supervisor);
  if (known.strategy === TEMPLATE) known.children = known.children.filter((c) => c.state !== "down" && c.state !== "empty");
}

export const CHANGES = {
  "set": (s, name, value) => { s[name] = value; },
  "count": (s, name) => { s[name] += 1; },
  "open store": (s, tills) => { for (let number = 1; number <= tills; number++) tillOf(s, number); },
  "set till": (s, number, name, value) => { tillOf(s, number)[name] = value; },
  "place": (s, customer, at, ...place) => { s.customers[customer] = { place: place.join(" "), since: at }; },
  "queue": (s, customer, line) => { (s.lines[line] ??= []).push(customer); },
  "leave": (s, customer) => {
    leaveLines(s, customer);
    for (const till of Object.values(s.tills)) if (till.serving === customer) till.serving = null;
    delete s.customers[customer];
  },

  "open stores": (s, stores) => {
    let first = 1;
    stores.forEach((tills, i) => {
      const mine = (storeOf(s, i + 1).tills = Array.from({ length: tills }, (_, k) => first + k));
      for (const till of mine) tillOf(s, till).open = true;
      first += tills;
    });
  },
  "set store": (s, number, name, value) => { storeOf(s, number)[name] = value; },
  "paint board": (s, counts, at) => { s.board = { counts, at }; },
  "direct": (s, customer, store, seen, at) => {
    Object.assign(s, { door: { customer, store, seen, at }, sorry: null });
    s.customers[customer] = { place: `way ${store}`, since: at };
  },
  "say sorry": (s, customer, store, why, at) => {
    s.sorry = { customer, store, why, at };
    s.refused += 1;
    leaveLines(s, customer);
    s.customers[customer] = { place: "door", since: at };
  },

  "open shelves": (s, shelves, ttl) => {
    s.ttl = ttl;
    for (let number = 1; number <= shelves; number++) shelfOf(s, number);
  },
  "note change": (s, key, at) => { s.changed[key] = at; },
  "look": (s, customer, number, key, outcome, at) => {
    const shelf = shelfOf(s, number);
    shelf.last = { customer, key, outcome, at };
    if (outcome === "miss") (shelf.waits[key] ??= []).push(customer);
  },
  "start fetch": (s, number, key, at) => { shelfOf(s, number).fetching[key] = at; },
  "end fetch": (s, number, key) => {
    const { fetching, waits } = shelfOf(s, number);
    delete fetching[key];
    delete waits[key];
  },
  "put label": (s, number, key, got) => { shelfOf(s, number).labels[key] = got; },
  "drop label": (s, number, key) => { delete shelfOf(s, number).labels[key]; },
  "clear shelf": (s, number) => { shelfOf(s, number).labels = {}; },

  "spawn": (s, pid, name, parent, body) => {
    s.processes[pid] = { name, body, parent, alive: true, reason: null, busy: 0, traps: false };
    staff(s, name, true);
  },
  "exit": (s, pid, reason) => {
    const process = (s.processes[pid] ??= { name: null, body: null, parent: null, busy: 0, traps: false });
    Object.assign(process, { alive: false, reason });
    delete s.mailboxes[pid];
    s.links = s.links.filter((pair) => !pair.includes(String(pid)));
    staff(s, process.name, false, isClean(reason) ? null : reason);
  },
  "set process": (s, pid, name, value) => { if (s.processes[pid]) s.processes[pid][name] = value; },
  "register": (s, name, pid) => { s.names[name] = pid; },
  "unregister": (s, name) => { delete s.names[name]; },
  "link": (s, pid, other) => {
    const pair = pairOf(pid, other);
    if (!s.links.some((kept) => isSame(kept, pair))) s.links.push(pair);
  },
  "unlink": (s, pid, other) => {
    const pair = pairOf(pid, other);
    s.links = s.links.filter((kept) => !isSame(kept, pair));
  },
  "post": post,
  "deliver signal": (s, receiver, outcome) => { if (outcome === "message") post(s, receiver); },
  "take": (s, pid, position) => {
    const mailbox = s.mailboxes[pid] ?? [];
    if (position >= 0 && position < mailbox.length) mailbox.splice(position, 1);
  },
  "set timer": (s, ref, receiver, due, at) => {
    for (const [other, timer] of Object.entries(s.timers)) if (timer.due <= at) delete s.timers[other];
    s.timers[ref] = { receiver, due };
  },
  "cancel timer": (s, ref) => { delete s.timers[ref]; },

  "set node": (s, node, condition) => { s.nodes[node] = condition; },
  "set ways": (s, wire, way, isCut) => {
    if (way !== "back") wireOf(s, wire).is_cut = isCut;
    if (way !== "there") wireOf(s, backOf(s, wire)).is_cut = isCut;
  },
  "depart": (s, wire, number) => { wireOf(s, wire).carries.push(number); },
  "arrive": (s, wire, number) => {
    const { carries } = wireOf(s, wire), place = carries.indexOf(number);
    if (place >= 0) carries.splice(place, 1);
  },

  "start supervisor": (s, pid, strategy, intensity, period, children) => {
    Object.assign(supervisorOf(s, pid), { strategy, intensity, period });
    for (const id of strategy === TEMPLATE ? [] : children ?? []) {
      const child = childOf(s, pid, id, null);
      if (child.pid === null) child.state = "waiting";
    }
  },
  "start child": (s, supervisor, id, pid, again, type, restart) => {
    if (!again) forgetGone(s, supervisor);
    const child = again ? childOf(s, supervisor, id, pid, "restarting", "failed") : childOf(s, supervisor, id, pid);
    Object.assign(child, { pid, state: pid === null ? "empty" : "running", type, restart });
  },
  "fail child": (s, supervisor, id, pid) => { childOf(s, supervisor, id, pid, "restarting", "failed").state = "failed"; },
  "lose child": (s, supervisor, id, pid) => {
    forgetGone(s, supervisor);
    childOf(s, supervisor, id, pid).state = "down";
  },
  "stop child": (s, supervisor, id, pid) => { childOf(s, supervisor, id, pid).state = "stopping"; },
  "stopped child": (s, supervisor, id, pid) => {
    const returns = supervisorOf(s, supervisor).children.some((c) => c.state === "restarting");
    childOf(s, supervisor, id, pid).state = returns ? "waiting" : "stopped";
  },
  "remove child": (s, supervisor, id) => {
    const known = supervisorOf(s, supervisor);
    known.children = known.children.filter((c) => key(c.id) !== key(id));
  },
  "set window": (s, supervisor, window, intensity, period) => { Object.assign(supervisorOf(s, supervisor), { window: [...window], intensity, period }); },
  "count restart": (s, supervisor, id, pid) => {
    supervisorOf(s, supervisor).restarts += 1;
    const child = childOf(s, supervisor, id, pid, "down", "failed");
    Object.assign(child, { restarts: child.restarts + 1, state: "restarting" });
  },
  "give up": (s, supervisor, id) => { supervisorOf(s, supervisor).gave_up = id; },
};
