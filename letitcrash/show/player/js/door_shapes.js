// The man at the door of several stores: his board, what is true behind it, whom he sends where, and the word "sorry".
import { fill, line, print } from "./shapes.js";
import { clerk, person } from "./person_shapes.js";
import { esc } from "./text.js";

export const STRIP = 124; // pixels, the height of the street before the stores
const SLATE = 66, GROUND = 112;

/** Seconds as a short time: "5 s", "2:05 min". */
export const ago = (seconds) => (seconds < 60 ? `${Math.floor(seconds + 1e-6)} s` : `${Math.floor(seconds / 60)}:${String(Math.floor(seconds + 1e-6) % 60).padStart(2, "0")} min`);

/** The plan of the strip: where customers and the man stand, and the middle of each store's column on the board. */
export function stripOf(width, stores) {
  const left = Math.min(210, width * 0.36), wide = (width - left - 8) / Math.max(1, stores);
  return { width, left, man: left - 26, room: Math.max(1, Math.floor((left - 62) / 23)), wide, columns: Array.from({ length: stores }, (_, i) => left + (i + 0.5) * wide) };
}

/** The strip: `known` is [{number, counted, inside, dark, out}], `age` the words of the board's age, `waiting` who stands at the door. */
export function strip(plan, { known, age, waiting, door, sorry, chosen, now }) {
  const { width, left, man, room, wide, columns } = plan, w = width - left - 8;
  const slate = print(fill("slate", `M${left} 6H${left + w}V${SLATE}H${left}Z`), line(`M${left} 6H${left + w}V${SLATE}H${left}Z`, 'stroke-width="2.4"'));
  const shown = waiting.slice(-room), more = waiting.length - shown.length;
  const people = shown.map((id, i) => `<g class="person${id === now ? " now" : ""}${id === chosen ? " chosen" : ""}" data-customer="${esc(id)}" data-place="door" data-rank="${i}" transform="translate(${man - 30 - (shown.length - 1 - i) * 23} ${GROUND})">${person(id, 1)}<ellipse class="ring" cx="1" cy=".8" rx="14" ry="4.4"/></g>`).join("");
  const badge = more ? `<g data-more="${more}" data-line="door" class="more" transform="translate(28 42)"><rect x="-20" y="-9" width="40" height="17" rx="8.5"/><text y="4">+${more}</text></g>` : "";
  return `<rect class="wall" width="${width}" height="${GROUND - 12}"/><rect class="street" y="${GROUND - 12}" width="${width}" height="${STRIP - GROUND + 12}"/>` +
    slate + known.map((store, i) => column(store, columns[i], wide)).join("") + (age ? `<text class="age" x="10" y="22">${age}</text>` : "") +
    (door && columns[door.store - 1] ? sent(man, columns[door.store - 1], door.customer, !sorry) : "") + people + badge + `<g data-man="${door ? esc(door.store) : ""}" transform="translate(${man} ${GROUND + 2}) scale(1.12)">${clerk("the man at the door")}</g>` +
    (sorry ? bubble(columns[sorry.store - 1] ?? man + 34, width, sorry) : "");
}

/** A store on the board: what he goes by in chalk, what is true as a ghost behind it. */
function column({ number, counted, inside, dark, out }, x, wide) {
  const said = out ? "LEFT OUT" : `STORE ${number}`, h = Math.min(wide / 2 - 3, 44), narrow = wide < 62;
  return `<g data-store="${number}" data-counted="${counted ?? ""}" data-true="${inside}" data-dark="${dark}" data-out="${out}" transform="translate(${x.toFixed(1)} 0)">` +
    `<text class="chalk head" y="19">${narrow ? number : said}</text><text class="ghost" x="${narrow ? 6 : 15}" y="53">${inside}</text>${counted === null ? "" : `<text class="count" x="${narrow ? -6 : -13}" y="51">${counted}</text>`}` +
    `${out ? `<path class="ln cross" d="M${-h} 24L${h} 56M${-h} 56L${h} 24"/>` : ""}${dark ? `<g transform="translate(0 ${SLATE + 1})"><rect class="plate dark" x="-21" y="-8" width="42" height="15" rx="2"/><text class="sign" y="2.8">DARK</text></g>` : ""}</g>`;
}

/** The way of the last customer, from the man to the store, with the customer's number on it. */
function sent(man, x, customer, isPlain) {
  const y = GROUND - 22;
  return `<path class="way" d="M${man + 14} ${y}H${x.toFixed(1)}V${STRIP - 8}m-5-6l5 6l5-6"/>${isPlain ? `<g transform="translate(${x.toFixed(1)} ${y})"><rect class="plate" x="-15" y="-8" width="30" height="15" rx="7"/><text class="num" y="3.6">${esc(customer)}</text></g>` : ""}`;
}

/** A bubble: sorry, to whom, and why. */
function bubble(x, width, { customer, why }) {
  const said = { dark: "no light", full: "full", shut: "all shut" }[why] ?? why, at = Math.max(66, Math.min(width - 66, x));
  return `<g data-sorry="${esc(customer)}" class="sorry" transform="translate(${at.toFixed(1)} ${GROUND - 22})"><path d="M-62-11H62V11H6L0 18L-6 11H-62Z"/><text y="4">SORRY, ${esc(customer)}: ${esc(said)}</text></g>`;
}
