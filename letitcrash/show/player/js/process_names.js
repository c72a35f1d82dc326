// The names of processes in pictures and sentences.

/** A function that writes a pid: its name, or what its supervisor calls it, or the name of its code; with its number where two share it. */
export function processNames(events) {
  const labels = new Map(), shared = new Map(); // pid -> label, label -> how many pids have it
  const split = (pid) => /^<(\S+) (.*)>$/.exec(pid) ?? [pid, "", pid];
  const call = (pid, label) => {
    if (labels.has(pid)) shared.set(labels.get(pid), shared.get(labels.get(pid)) - 1);
    labels.set(pid, label);
    shared.set(label, (shared.get(label) ?? 0) + 1);
  };
  const named = new Set();
  for (const e of events) {
    if (e.kind === "Spawned") {
      call(String(e.pid), split(String(e.pid))[2]);
      if (e.name) named.add(String(e.pid));
    } else if (e.kind === "ChildStarted" && isText(e.pid) && isText(e.id) && !named.has(e.pid)) call(e.pid, e.id);
  }
  return (pid) => {
    if (pid === null || pid === undefined) return "the street";
    if (Array.isArray(pid)) return String(pid[0]);
    const [, number, text] = split(String(pid)), label = worded(labels.get(String(pid)) ?? text);
    return number && shared.get(labels.get(String(pid)) ?? text) > 1 ? `${label} (${number})` : label;
  };
}
/** A name that is only a number reads as one: "3 exits" could be an amount. */
const worded = (label) => (/^\d+$/.test(label) ? `process ${label}` : label);
const isText = (value) => typeof value === "string";
