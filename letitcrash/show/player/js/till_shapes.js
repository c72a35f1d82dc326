// A till, and what the trace says of it: who is served, what was dropped, what waits to be read.
import { splat } from "./egg_shapes.js";
import { fill, line, print } from "./shapes.js";

/** The customer's place along a counter `w` wide; beside it stands the clerk where there is room. */
export const customerAt = (w) => (w > 50 ? -10 : 0);
export const CLERK = "translate(21 -9)";

const TAB = (h) => `M${-h + 3}-15.5H${h - 3}V-4H${-h + 3}Z`;
const REGISTER = "M0-24V-36L2.5-39H11.5L14-36V-24Z";
const BELT = print(fill("kraft", "M-9-25.5H9L7.5-20.5H-7.5Z") + fill("eggwhite", "M-7-25.5a3 4 0 0 1 6 0ZM0-25.5a3 4 0 0 1 6 0Z"), line("M-9-25.5H9L7.5-20.5H-7.5ZM-7-25.5a3 4 0 0 1 6 0M0-25.5a3 4 0 0 1 6 0", 'stroke-width="1.1"'));
const CAUTION = print(fill("yolk", "M-9.5 0L-4.5-21H4.5L9.5 0Z"), line("M-9.5 0L-4.5-21H4.5L9.5 0H5.5L4.4-4.4H-4.4L-5.5 0Z"));

/** A till seen from the customer's side, `w` wide, its foot's middle at (0, 0): behind the people, and before them.
 *
 * `look` is open, closed or broken; `serving` the customer's number or null; `drops` how often eggs were dropped here;
 * `mail` how many messages wait for its clerk. */
export function till(label, w, { look, serving, drops, mail }) {
  const h = w / 2, open = look === "open", counter = `M${-h}-19H${h}L${h - 2} 0H${-h + 2}Z`, top = `M${-h}-19L${-h + 4}-25H${h - 4}L${h}-19Z`;
  const lamp = look === "broken" ? `<path class="ln cross" stroke-width="2.4" d="M-5-5L5 5M5-5L-5 5"/>` : open ? `<path class="ln rays" d="M0-11.5v-3M9.5-7l2.4-1.8M-9.5-7l-2.4-1.8"/>` : `<path class="ln" d="M-6.2 6.2L6.2-6.2"/>`;
  const back = `<path class="ln post" stroke-width="2" d="M${-h + 7}-25V-66"/><g transform="translate(${-h + 7} -70)">${print(`<circle r="8.6" fill="var(--${open ? "yolk" : "shut"})"/>`, '<circle r="8.6"/>')}${lamp}` +
    `<text class="num${open ? "" : " off"}" y="3.6">${label}</text></g>`;
  const face = look === "closed" ? print(fill("paper", TAB(h)), line(TAB(h))) + `<text class="sign" y="-6.6" textLength="${Math.min(w - 12, 40)}" lengthAdjust="spacingAndGlyphs">CLOSED</text>`
    : serving !== null ? `<rect class="plate" x="-17" y="-15.5" width="34" height="12.5" rx="2"/><text class="num" y="-5.4">${serving}</text>`
    : look === "open" ? `<path class="ln" stroke-width="1" d="M${-h + 6}-12.5H${h - 6}M${-h + 6}-7H${h - 6}"/>` : "";
  const register = w > 50 ? `<g transform="translate(${h - 20} 0)">${print(fill("sage", REGISTER) + fill("paper", "M3-36.5H11V-32H3Z"), line(`${REGISTER}M3-36.5H11V-32H3ZM3-28.5H11`, 'stroke-width="1.2"'))}</g>` : "";
  const goods = serving !== null && look !== "broken" && w > 40 ? `<g transform="translate(${-h + 24} 0)">${BELT}</g>` : "";
  const spill = look === "broken" ? `<g data-spill><path class="drip" d="M1-21Q2-8 5-6.5Q8.4-8 8-21Z"/><g transform="translate(-3 -21)">${splat}</g><g transform="translate(${h * .45} 10) scale(.95)">${splat}</g><g transform="translate(${-h * .7} 12) scale(.62)">${splat}</g></g>` : "";
  const again = drops ? `<g class="caution" data-drops="${drops}" transform="translate(${h - 7} 8)">${CAUTION}<text class="num" y="-7">${drops}</text></g>` : "";
  const slips = mail ? `<g class="slips" data-slips="${mail}" transform="translate(${-h + 7} -27)"><path class="ln" d="M0 2V-13"/>${[...Array(Math.min(mail, 4)).keys()].map((i) => `<rect class="plate" x="-6" y="${-2 - i * 3}" width="12" height="4" rx="1" transform="rotate(${(i % 2 ? 7 : -6)})"/>`).join("")}<text class="num" x="13" y="-6">${mail}</text></g>` : "";
  return { back, front: `<ellipse class="ring" cy="1" rx="${h + 5}" ry="7"/>` + print(fill("brick", counter) + fill("steel", top), line(counter) + line(top)) + face + register + goods + slips + spill + (look === "broken" ? "" : again) };
}
