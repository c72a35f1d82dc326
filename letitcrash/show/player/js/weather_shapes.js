// The view through the store's window: the time of day, and the weather that the lines make.
import { dot, fill, line, print, scatter } from "./shapes.js";

/** The weather's names, by the number that draws it: customers in line for each open till. */
export const WEATHER = ["fair", "cloudy", "rain", "storm"];

/** Hours, and the sky's colours at them: above, and over the roofs. */
const SKIES = [
  [0, "#18204a", "#2c3768"], [5, "#202a58", "#584f86"], [6.6, "#6d8cc4", "#f5b58c"], [8.2, "#8fcbe8", "#e4f1ee"], [12.5, "#79c0e8", "#d2ecf4"],
  [16.5, "#86c2e4", "#f5ebcd"], [18.6, "#6370b4", "#f59d68"], [20, "#2b3566", "#785f92"], [21.5, "#18204a", "#2c3768"], [24, "#18204a", "#2c3768"],
];
const parts = (colour) => [1, 3, 5].map((i) => parseInt(colour.slice(i, i + 2), 16));
const mix = (a, b, share) => `#${parts(a).map((v, i) => Math.round(v + (parts(b)[i] - v) * share).toString(16).padStart(2, "0")).join("")}`;

/** The sky at `hour` of the day under weather `kind`: [above, below]. */
export function skyAt(hour, kind) {
  const i = SKIES.findIndex(([at]) => at > hour), [from, ...a] = SKIES[i - 1], [to, ...b] = SKIES[i], share = (hour - from) / (to - from);
  return [0, 1].map((k) => mix(mix(a[k], b[k], share), daylight(hour) > 0.4 ? "#8593a4" : "#141927", [0, 0.15, 0.5, 0.8][kind]));
}
/** The light outside, 0 (night) to 1 (day). */
export const daylight = (hour) => Math.max(0, Math.min(1, hour < 13 ? (hour - 5.4) / 1.8 : (20 - hour) / 1.8));

const CLOUD = "M-20 6C-28 6-27-5-19-5C-18-15-4-17 0-9C8-15 19-9 17-2C26-2 26 6 19 6Z";
const cloud = (kind, x, y, s) => `<g transform="translate(${x} ${y}) scale(${s})">${print(fill(kind > 1 ? "shut" : "paper", CLOUD), line(CLOUD))}</g>`;
const RAYS = [0, 1, 2, 3, 4, 5, 6, 7].map((i) => {
  const c = Math.cos(i * Math.PI / 4 + .2), s = Math.sin(i * Math.PI / 4 + .2);
  return `M${(c * 14).toFixed(1)} ${(s * 14).toFixed(1)}L${(c * 18.5).toFixed(1)} ${(s * 18.5).toFixed(1)}`;
}).join("");
const sun = (x, y) => `<g transform="translate(${x.toFixed(1)} ${y.toFixed(1)})">${print('<circle r="10" fill="var(--yolk)"/>', `<circle r="10"/>${line(RAYS)}`)}</g>`;
const moon = (x, y) => `<g transform="translate(${x.toFixed(1)} ${y.toFixed(1)})">${print(fill("eggwhite", "M3-9A9.4 9.4 0 1 0 3 9A7.4 7.4 0 1 1 3-9Z"), line("M3-9A9.4 9.4 0 1 0 3 9A7.4 7.4 0 1 1 3-9Z"))}</g>`;

/** The other side of the street, `w` wide on the ground at `y`; its windows are lit when it is dark. */
function town(w, y, light) {
  let fills = "", lines = "", panes = "";
  for (let x = -6, i = 0; x < w; i++) {
    const wide = 20 + scatter(i, 3) % 13, high = 10 + scatter(i, 5) % 12, roof = `M${x} ${y - high}L${x + wide / 2} ${y - high - 8}L${x + wide} ${y - high}`, body = `M${x + 1.5} ${y}V${y - high}H${x + wide - 1.5}V${y}`;
    fills += fill(["kraft", "blush", "paper", "steel"][scatter(i, 7) % 4], `${body}Z`) + fill(["brick", "plum", "sage"][scatter(i, 9) % 3], `${roof}Z`);
    lines += body + roof;
    for (const k of wide > 26 ? [0.3, 0.68] : [0.5]) panes += fill(light > 0.35 || scatter(i, 11) % 4 === 0 ? "line" : "yolk", `M${(x + wide * k - 2).toFixed(1)} ${y - high + 3.5}h4v4.6h-4Z`);
    x += wide + (scatter(i, 13) % 3 ? 1 : 9);
  }
  return `<g style="filter:brightness(${(0.36 + 0.64 * light).toFixed(2)})">${print(fills, line(lines, 'stroke-width="1.1"'))}</g>${panes}`;
}

/** The window, `w` x `h`. `hour` is the hour of the day, or null where the run does not know it. */
export function weather(kind, w, h, hour) {
  const light = hour === null ? 1 : daylight(hour), ground = h - 5, drops = [];
  if (kind > 1) for (let i = 0; i < w / 7; i++) drops.push(`M${(i * 7 + 5).toFixed(0)} ${(h * .5 + (i % 3) * h * .12).toFixed(1)}l-3 ${(h * .14).toFixed(1)}`);
  let sky = `<rect width="${w}" height="${h}" fill="var(--sky${kind})"/>`, lights = kind < 2 ? sun(w * .3, h * .4) : "";
  if (hour !== null) {
    const [above, below] = skyAt(hour, kind), id = `lic-sky-${(weather.count = (weather.count ?? 0) + 1)}`, day = (hour - 6) / 13.4;
    sky = `<linearGradient id="${id}" x2="0" y2="1"><stop stop-color="${above}"/><stop offset=".85" stop-color="${below}"/></linearGradient><rect width="${w}" height="${h}" fill="url(#${id})"/>`;
    const night = ((hour + 4) % 24) / 10, up = (share) => [w * (0.08 + 0.84 * share), ground - 8 - (h - 26) * Math.sin(Math.PI * share)];
    lights = day > 0 && day < 1 ? (kind < 2 ? sun(...up(day)) : "") : kind < 2 && night > 0 && night < 1 ? moon(...up(night)) : "";
    if (light < .3 && kind < 2) for (let i = 0; i < w / 9; i++) lights += dot(scatter(i, 21) % w, 4 + scatter(i, 23) % (h * .5), .6 + (i % 3) * .3, "eggwhite");
  }
  const bolt = `M${w * .55} ${h * .42}l-9 ${h * .2}h6l-5 ${h * .2}l15-${h * .26}h-7l6-${h * .14}Z`;
  return sky + lights + (kind > 0 ? cloud(kind, w * .52, h * .36, 1) : "") + (kind > 1 ? cloud(kind, w * .26, h * .28, .8) + cloud(kind, w * .8, h * .3, .7) : "") +
    town(w, ground, light) + `<rect class="street" y="${ground}" width="${w}" height="${h - ground}"/>` +
    (drops.length ? `<path class="ln rain" d="${drops.join("")}"/>` : "") + (kind > 2 ? print(fill("yolk", bolt), line(bolt)) : "");
}
