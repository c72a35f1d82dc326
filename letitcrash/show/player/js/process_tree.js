// The tree of supervisors and processes at one moment, before its layout.
import { windowAt } from "./replay.js";
import { isClean, plain } from "./text.js";

/** The conditions of a process: the sign in its box, and the words for it. */
export const LOOKS = {
  running: ["M-4.5 .4L-1 4L5-4", "lives"],
  starting: ["M0 5V-4M-4 0L0-4.4L4 0", "starting"],
  waiting: ["M-4 0h.1M0 0h.1M4 0h.1", "waits its turn"],
  restarting: ["M4-2A4.6 4.6 0 1 0 4 2M4.4-5.4V-1.4H.6", "restarting"],
  stopping: ["M0-5V3M-4-.6L0 3.4L4-.6", "stopping"],
  stopped: ["M-3.6-3.6H3.6V3.6H-3.6Z", "stopped on purpose"],
  failed: ["M0-5V1M0 4.3V4.5", "cannot start"],
  crashed: ["M-4-4L4 4M4-4L-4 4", "has crashed"],
  left: ["M-5 0H3M0-3.6L3.4 0L0 3.6M6-5V5", "has left"],
  empty: ["M-4 0H4", "asked to be left out"],
  more: ["M-4 0h.1M0 0h.1M4 0h.1", "without a box of their own"],
};
const DUE = ["restarting", "waiting", "failed"]; // a supervisor that starts somebody starts one of these

/** The tree at `state`: roots with their children, each a node that can be drawn. Pure. */
export function treeOf(state, t, nameOf) {
  const seen = new Set(), roots = [], { processes, supervisors } = state, all = Object.entries(processes);
  const supervised = new Set(Object.values(supervisors).flatMap((boss) => boss.children.map((c) => c.pid)));
  const heirs = new Map(); // who spawned whom, where no supervisor holds the child
  for (const [pid, p] of all)
    if (p.alive && !supervised.has(pid) && p.parent in processes) heirs.set(p.parent, [...(heirs.get(p.parent) ?? []), pid]);

  function look(pid, child) {
    const process = processes[pid];
    if (child && child !== "running" && child !== "down") return child;
    return process ? (process.alive ? "running" : isClean(process.reason) ? "left" : "crashed") : child === "down" ? "crashed" : "empty";
  }
  function node(pid, label, more = {}, depth = 0) {
    const process = processes[pid], boss = supervisors[pid], again = seen.has(pid); // in a faulty trace one may be one's own grandparent
    if (pid !== null) seen.add(pid);
    const made = { pid, label, state: look(pid), mail: state.mailboxes[pid]?.length ?? 0, restarts: 0, children: [], ...more };
    if (process && !process.alive) made.reason = plain(Array.isArray(process.reason) ? process.reason[0] : process.reason).replace(/^\w+\((["'])(.*)\1\)$/, "$2");
    if (process?.alive && process.busy > t) made.busy = true;
    if (boss) Object.assign(made, {
      boss: true, strategy: boss.strategy, intensity: boss.intensity, period: boss.period, window: windowAt(boss, t), second: Math.floor(t), total: boss.restarts, gaveUp: boss.gave_up !== null,
    });
    if (again) return made;
    const own = heirs.get(pid) ?? [];
    if (boss) made.children = boss.children.map((c) => childOf(pid, c, own, depth));
    if (depth < 4) for (const heir of own) if (!seen.has(heir)) made.children.push(node(heir, nameOf(heir), boss ? { of: pid, state: "starting" } : { spawned: true }, depth + 1));
    return made;
  }
  /** A child in its place. Whom the supervisor has spawned and not yet called started sits there already. */
  function childOf(holder, c, own, depth) {
    const boss = supervisors[holder];
    const many = boss.strategy === "simple_one_for_one", gone = boss.gave_up !== null || !processes[holder]?.alive, comes = (pid) => !seen.has(pid) && processes[pid].alive && firstDue(boss, pid) === c;
    const fresh = DUE.includes(c.state) ? own.find(comes) : undefined;
    const pid = fresh ?? c.pid, label = many && pid !== null ? nameOf(pid) : nameOf(c.id);
    return node(pid, label, { of: holder, id: c.id, restarts: c.restarts, restart: c.restart, state: fresh ? "starting" : look(c.pid, c.state), along: c.state === "stopped" && gone }, depth + 1);
  }
  const firstDue = (boss, pid) => {
    const due = boss.children.filter((c) => DUE.includes(c.state));
    return due.find((c) => processes[pid].name === c.id || pid.endsWith(` ${c.id}>`)) ?? due.find((c) => c.state === "restarting") ?? due[0];
  };

  const isHeir = ([pid, p]) => p.parent !== null && processes[p.parent]?.alive && heirs.get(p.parent)?.includes(pid);
  const free = all.filter(([pid, p]) => p.alive && !supervised.has(pid));
  for (const one of free) if (!isHeir(one)) roots.push(node(one[0], nameOf(one[0])));
  for (const [pid, p] of all) if (p.alive && !seen.has(pid) && (!supervised.has(pid) || pid in supervisors)) roots.push(node(pid, nameOf(pid)));
  const dead = all.filter(([pid, p]) => !p.alive && !seen.has(pid) && !supervised.has(pid) && !(p.parent in supervisors)).map(([pid]) => pid);
  // Those who left last stay in the picture; in a run of thousands they would drown the living.
  const last = dead.slice(-6).filter((pid) => !seen.has(pid)), alike = new Map();
  for (const pid of last) {
    const key = `${nameOf(pid).replace(/[\d.() ]+$/, "")}|${JSON.stringify(processes[pid].reason)}`;
    alike.set(key, [...(alike.get(key) ?? []), pid]);
  }
  for (const [key, pids] of alike) {
    if (pids.length === 1 || !isClean(processes[pids[0]].reason)) for (const pid of pids) roots.push(node(pid, nameOf(pid)));
    else roots.push({ ...node(pids[0], `${pids.length} × ${key.split("|")[0]}`), pid: null });
  }
  for (const pid of Object.keys(supervisors)) if (!(pid in processes) && !seen.has(pid) && !supervised.has(pid)) roots.push(node(pid, nameOf(pid)));
  for (const root of roots) few(root);
  return { roots, gone: Math.max(0, dead.length - 6) };
}

/** Of very many children the last ones get a box, and one more box counts the others. */
function few(node, most = 24) {
  const rest = node.children.length - most + 1;
  if (rest > 1) node.children = [{ pid: null, label: `${rest} more`, state: "more", mail: 0, restarts: 0, children: [] }, ...node.children.slice(rest)];
  for (const child of node.children) few(child, most);
}
