// Facts of a whole run that the store view needs: the room, the tills, the staff.

/** Processes with one of these names have a place of their own in the store. */
const POST = /^(till \w+|butcher|shelf)$/;

const LEAVES_LINE = new Set(["Reneged", "Balked", "Refused", "WentOut"]);

/** The size of the store over the whole run, so that the picture need not jump while it plays. */
export function storeFacts(events) {
  const facts = { tills: new Set(), stores: [], staff: {}, longest: 0, people: 0, busy: 0, served: 0, shown: false, customers: false, system: false, shelves: 0, keys: [] };
  const started = new Map(), lengths = {}, where = new Map(), keys = new Set();
  const shorter = (customer) => {
    if (where.has(customer)) lengths[where.get(customer)] -= 1;
    where.delete(customer);
  };
  const hire = (pid, name) => { if (POST.test(name ?? "")) (facts.staff[name] ??= new Set()).add(pid); };
  for (const e of events) {
    if (e.kind === "Spawned" || e.kind === "Sent") facts.system = true;
    if (e.kind === "Spawned") hire(String(e.pid), e.name);
    if (e.kind === "StoresOpened" && Array.isArray(e.stores)) {
      let first = 1;
      facts.stores = [...e.stores].map((tills) => Array.from({ length: tills }, () => first++));
      for (const till of facts.stores.flat()) facts.tills.add(String(till));
    } else if (e.kind === "StoreOpened") for (let n = 1; n <= e.tills; n++) facts.tills.add(String(n));
    else if (e.till !== undefined && e.kind !== "Skipped") facts.tills.add(String(e.till));
    else if (e.kind === "Spawned" && /^till \w+$/.test(e.name ?? "")) facts.tills.add(e.name.slice(5));
    if (e.kind === "Joined") {
      where.set(e.customer, e.line);
      lengths[e.line] = (lengths[e.line] ?? 0) + 1;
      facts.longest = Math.max(facts.longest, lengths[e.line]);
    } else if (e.kind === "Started") {
      shorter(e.customer);
      started.set(e.customer, e.at);
    } else if (e.kind === "Finished" && started.has(e.customer)) {
      facts.busy += e.at - started.get(e.customer);
      facts.served += 1;
    } else if (LEAVES_LINE.has(e.kind)) shorter(e.customer);
    if (e.customer !== undefined && e.kind !== "Looked") facts.shown = true;
    if (e.state) for (const [pid, p] of Object.entries(e.state.processes)) hire(pid, p.name);
    if (e.state && !facts.stores.length) facts.stores = Object.values(e.state.stores ?? {}).map((store) => store.tills);
    if (e.kind === "ShelvesOpened") facts.shelves = e.shelves;
    if (e.key !== undefined && e.store !== undefined) keys.add(e.key);
    if (e.state) {
      facts.shelves ||= Object.keys(e.state.shelves ?? {}).length;
      for (const shelf of Object.values(e.state.shelves ?? {})) for (const key of [...Object.keys(shelf.labels), ...Object.keys(shelf.fetching)]) keys.add(key);
    }
    if (e.state) for (const line of Object.values(e.state.lines)) facts.longest = Math.max(facts.longest, line.length);
  }
  facts.keys = [...keys].sort((a, b) => a.localeCompare(b, "en", { numeric: true }));
  facts.customers = facts.shown;
  facts.shown ||= facts.tills.size > 0;
  facts.mean = facts.served ? facts.busy / facts.served : 60;
  return facts;
}


/** The process at the post called `name`: {pid, here, mail}; null where the run has had nobody of that name so far. */
export function staffAt(facts, state, name) {
  let found = null;
  for (const pid of facts.staff[name] ?? []) if (pid in state.processes) found = pid;
  return found && { pid: found, here: state.processes[found].alive, mail: state.mailboxes[found]?.length ?? 0 };
}

/** 0 fair to 3 storm: customers in line for each open till. */
export function weatherOf(state) {
  const open = Object.values(state.tills).filter((t) => t.open).length;
  const waiting = Object.values(state.lines).reduce((sum, line) => sum + line.length, 0);
  const each = waiting / Math.max(open, 0.5);
  return [each < 1.5 ? 0 : each < 3 ? 1 : each < 6 ? 2 : 3, waiting, open];
}
