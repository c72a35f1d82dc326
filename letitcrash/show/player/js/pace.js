// The pace of playback: the virtual second that belongs to each second of playback.

const NICE = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200, 14400, 86400];

/** The rate at which `span` virtual seconds are playback in `length` seconds or a little less. */
export const rateFor = (span, length) => NICE.find((r) => span <= r * length) ?? NICE.at(-1);

/** For events at the virtual seconds `times` (rising), and an end: the second of the timeline at which each happens.
 *
 * The timeline runs at `rate` virtual seconds a second. Where much happens at one instant it waits, so that each event
 * can be seen; where nothing happens for long it hurries. Between two events virtual time flows evenly. */
export function pace(times, until = 0, rate = null, slow = null) {
  const n = times.length, first = n ? times[0] : 0, last = Math.max(until, n ? times[n - 1] : 0);
  const length = Math.min(90, Math.max(6, n * 0.35));
  rate ??= rateFor(last - first, length);
  const least = n < 400 ? 0.3 : Math.min(0.3, (0.5 * 90) / n), most = Math.max(2.5, length / 8);
  const slowed = slow ? slow.reduce((sum, one) => sum + one, 0) : 0, seen = Math.max(least, Math.min(0.3, 60 / Math.max(1, slowed)));
  const when = new Float64Array(n + 1);
  let playback = 0;
  for (let i = 0; i < n; i++) {
    const gap = Math.max(0, times[i] - (i ? times[i - 1] : first));
    playback += Math.min(most, Math.max(i ? (slow?.[i] ? seen : least) : 0, gap / rate));
    when[i] = playback;
  }
  when[n] = playback + Math.min(most, Math.max(0, last - (n ? times[n - 1] : 0)) / rate);
  return { when, rate, n, end: when[n], times, last };
}

/** The number of events that have happened at playback second `playback`. */
export function countAt({ when, n }, playback) {
  let low = 0, high = n;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (when[middle] <= playback) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The virtual second at second `playback` of the timeline. */
export function secondAt(p, playback) {
  const i = countAt(p, playback);
  if (!p.n) return 0;
  if (i === 0) return p.times[0];
  const from = p.times[i - 1], to = i < p.n ? p.times[i] : p.last, span = p.when[i] - p.when[i - 1];
  return span > 0 ? from + (Math.max(0, to - from) * Math.min(1, (playback - p.when[i - 1]) / span)) : from;
}

/** The rate in words: "1 s here is 2 min there". */
export function inWords(rate) {
  if (rate >= 3600) return `1 s here is ${rate / 3600} h there`;
  if (rate >= 60) return `1 s here is ${rate / 60} min there`;
  return `1 s here is ${rate} s there`;
}
