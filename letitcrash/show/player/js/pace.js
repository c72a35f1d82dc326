// How a run is told: which moment of the telling belongs to which virtual second.

const NICE = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200, 14400, 86400];

/** The rate at which `span` virtual seconds are told in `length` seconds or a little less. */
export const rateFor = (span, length) => NICE.find((r) => span <= r * length) ?? NICE.at(-1);

/** For events at the virtual seconds `times` (rising), and an end: the second of the telling at which each happens.
 *
 * The telling runs at `rate` virtual seconds a second. Where much happens at one instant it waits, so that each event
 * can be seen; where nothing happens for long it hurries. Between two events virtual time flows evenly. */
export function pace(times, until = 0, rate = null) {
  const n = times.length, first = n ? times[0] : 0, last = Math.max(until, n ? times[n - 1] : 0);
  const length = Math.min(90, Math.max(6, n * 0.35));
  rate ??= rateFor(last - first, length);
  const least = n < 400 ? 0.3 : Math.min(0.3, (0.5 * 90) / n), most = Math.max(2.5, length / 8);
  const when = new Float64Array(n + 1);
  let told = 0;
  for (let i = 0; i < n; i++) {
    const gap = Math.max(0, times[i] - (i ? times[i - 1] : first));
    told += Math.min(most, Math.max(i ? least : 0, gap / rate));
    when[i] = told;
  }
  when[n] = told + Math.min(most, Math.max(0, last - (n ? times[n - 1] : 0)) / rate);
  return { when, rate, n, end: when[n], times, last };
}

/** How many events have happened at second `told` of the telling. */
export function countAt({ when, n }, told) {
  let low = 0, high = n;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (when[middle] <= told) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The virtual second at second `told` of the telling. */
export function secondAt(p, told) {
  const i = countAt(p, told);
  if (!p.n) return 0;
  if (i === 0) return p.times[0];
  const from = p.times[i - 1], to = i < p.n ? p.times[i] : p.last, span = p.when[i] - p.when[i - 1];
  return span > 0 ? from + (Math.max(0, to - from) * Math.min(1, (told - p.when[i - 1]) / span)) : from;
}

/** The rate in words: "1 s here is 2 min there". */
export function inWords(rate) {
  if (rate >= 3600) return `1 s here is ${rate / 3600} h there`;
  if (rate >= 60) return `1 s here is ${rate / 60} min there`;
  return `1 s here is ${rate} s there`;
}
