// The one line of a store, worked out customer by customer as letitcrash/queueing/recursion.py does; tills may open and
// close in between, by the rule of letitcrash/queueing/engine.py: a till that closes serves out the customer it has.

/**
 * Each customer's start and till (from 0), for customers in order of arrival. `changes` are the tills that are open from
 * a moment on, [{ at, open: [true, false, ...] }], the first at 0, later ones in order.
 */
export function schedule(arrived, served, changes) {
  const spans = changes[0].open.map((_, till) => openSpans(changes, till));
  const free = spans.map(() => 0);
  return arrived.map((at, customer) => {
    const ready = free.map((moment, till) => firstOpen(spans[till], Math.max(at, moment)));
    const start = Math.min(...ready);
    const till = ready.indexOf(start); // of several that are free, the first
    free[till] = start + served[customer];
    return { at, work: served[customer], start, till, end: free[till] };
  });
}

/** The spans of time in which `till` is open, as [from, to]. */
function openSpans(changes, till) {
  const spans = [];
  let from = null;
  for (const { at, open } of changes) {
    if (open[till] && from === null) from = at;
    if (!open[till] && from !== null) {
      spans.push([from, at]);
      from = null;
    }
  }
  return from === null ? spans : [...spans, [from, Infinity]];
}

/** The first moment from `at` on that lies in one of the spans; Infinity when none does. */
function firstOpen(spans, at) {
  for (const [from, to] of spans) if (at < to) return Math.max(from, at);
  return Infinity;
}

/**
 * The same in a store that is one program, as days [{ from, opens, customers }]: a crash { at, customer } sends everybody
 * out. The customer who dropped the eggs is gone; the others line up anew, in their order, when the store opens again
 * `lost` seconds later, and a basket that was half rung up begins anew. A day holds until the next one begins.
 */
export function daysWithCrashes(arrived, served, changes, crashes, lost) {
  const gone = new Map(); // customer -> what was the last of them
  let todo = arrived.map((_, customer) => customer);
  let [from, opens] = [0, 0];
  return [...crashes, { at: Infinity }].map((crash) => {
    const come = todo.map((customer) => Math.max(arrived[customer], opens));
    const planned = schedule(come, todo.map((customer) => served[customer]), changes);
    const turns = new Map(planned.map((each, place) => [todo[place], { ...each, at: arrived[todo[place]] }]));
    const customers = arrived.map((_, customer) => turns.get(customer) ?? gone.get(customer));
    const day = { from, opens, customers };
    for (const [customer, each] of turns) {
      if (each.end <= crash.at) gone.set(customer, each);
      else if (customer === crash.customer) gone.set(customer, { ...each, end: crash.at });
    }
    todo = todo.filter((customer) => !gone.has(customer));
    [from, opens] = [crash.at, crash.at + lost];
    return day;
  });
}
