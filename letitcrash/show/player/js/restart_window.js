// The restart window: a strip of whole seconds in which the marks grow old, and a carton with a place for each restart.
import { egg } from "./egg_shapes.js";

const WIDE = 140, EGG = 13;

/** The window of supervisor `n`, `WIDE` units wide from its middle, 46 high. Each restart lies in its second and goes left. */
export function gauge(n) {
  const seconds = (n.period ?? 0) + 1, cell = WIDE / seconds, right = WIDE / 2, parts = [];
  let lines = "";
  if (cell >= 5) for (let i = 1; i < seconds; i++) lines += `M${(right - i * cell).toFixed(1)} 0V16`;
  const at = new Map();
  for (const second of n.window) at.set(second, (at.get(second) ?? 0) + 1);
  for (const [second, count] of at) {
    const age = n.second - second, x = Math.max(5 - right, Math.min(right - 5, right - (Math.max(0, age) + 0.5) * cell)), room = Math.min(cell, 30), shown = Math.min(count, room < 9 ? 1 : Math.max(1, Math.floor(room / 6)));
    const size = Math.min(EGG, Math.max(8, room)) / EGG, step = shown > 1 ? Math.min(8, (room - EGG * size) / (shown - 1)) : 0;
    const old = age >= n.period && n.period > 0;
    for (let k = 0; k < shown; k++) parts.push(`<g class="beat${old ? " old" : ""}" opacity="${(1 - 0.5 * Math.min(1, age / Math.max(1, n.period))).toFixed(2)}" transform="translate(${(x + (k - (shown - 1) / 2) * step).toFixed(1)} 15.6) scale(${size.toFixed(2)})">${egg()}</g>`);
    if (count > shown) parts.push(`<text class="times" x="${Math.min(right - 8, x + 6).toFixed(1)}" y="8">×${count}</text>`);
  }
  return `<g class="window"><rect class="strip" x="${-right}" width="${WIDE}" height="16" rx="3"/><rect class="second" x="${(right - cell).toFixed(1)}" width="${cell.toFixed(1)}" height="16" rx="2"/>` +
    `<path class="seconds" d="${lines}"/>${parts.join("")}<text class="small" x="${-right}" y="27">−${n.period} s</text><text class="small" x="${right}" y="27" text-anchor="end">now</text>` +
    `<g transform="translate(${-right} 30)">${carton(n)}</g></g>`;
}

/** As many places as restarts are allowed; one egg too many breaks beside it. */
function carton(n) {
  const allowed = n.intensity ?? 0, held = n.window.length, over = n.gaveUp || held > allowed;
  const words = over ? "one too many" : allowed ? `${held} of ${allowed}` : "no restart allowed";
  const cups = Math.min(allowed, 10), cup = Math.min(13, 62 / Math.max(1, cups)), scale = (cup / 14).toFixed(2), wide = cups * cup;
  let inside = "";
  for (let i = 0; i < cups; i++) {
    const full = i < Math.round((held / allowed) * cups);
    inside += full ? `<g transform="translate(${((i + 0.5) * cup + 2).toFixed(1)} 11) scale(${scale})">${egg()}</g>` : `<path class="cup" transform="translate(${((i + 0.5) * cup + 2).toFixed(1)} 11) scale(${scale})" d="M-5 0C-6-6-3-12 0-12S6-6 5 0"/>`;
  }
  const box = cups ? `<path class="carton" d="M0 9H${(wide + 4).toFixed(1)}L${(wide + 2).toFixed(1)} 16H2Z"/>` : "";
  const left = cups ? wide + 10 : 0;
  return inside + box + (over ? `<g transform="translate(${left + 6} 16) scale(1.15)">${egg(false)}</g>` : "") +
    `<text class="${over ? "over" : "held"}" x="${left + (over ? 17 : 0)}" y="15">${words}</text>`;
}
