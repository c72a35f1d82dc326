// The store's own hand: a grocer's flyer, printed in four inks that do not quite meet their outlines.
// Every shape is a string of SVG around its own origin; colours are CSS variables, so a theme is a change of inks.

const print = (fills, lines) => `<g transform="translate(1.3 1)">${fills}</g><g class="ln">${lines}</g>`;
const fill = (ink, d) => `<path fill="var(--${ink})" d="${d}"/>`;
const line = (d, extra = "") => `<path d="${d}" ${extra}/>`;
const dot = (x, y, r, ink) => `<circle cx="${x}" cy="${y}" r="${r}" fill="var(--${ink})"/>`;

/** A small number that scatters neighbours: customer 4 and customer 5 should not look alike. */
export const scatter = (id, salt = 0) => {
  let h = 2166136261 ^ salt;
  for (const c of String(id)) h = Math.imul(h ^ c.charCodeAt(0), 16777619);
  h ^= h >>> 15;
  return Math.imul(h, 2246822519) >>> 8;
};
const pick = (list, id, salt) => list[scatter(id, salt) % list.length];

const COAT = "M-11-3C-13.5-15-9-25.5 0-25.5S13.5-15 11-3Q0-.5-11-3Z";
const COATS = [
  () => line("M0-24V-3M-2.6-18h.1M-2.6-12h.1M-2.6-6.5h.1"),
  () => line("M-10.8-17Q0-14.5 10.8-17M-11.8-11.5Q0-9 11.8-11.5M-11.8-6.5Q0-4 11.8-6.5"),
  () => [[-5, -17], [4, -19], [0, -12], [-7, -9], [7, -11], [2, -6]].map(([x, y]) => dot(x, y, 1.5, "line")).join(""),
  () => line("M-4.5-24.5Q-6-13-5.5-2.2M4.5-24.5Q6-13 5.5-2.2M-11.6-14Q0-11.5 11.6-14M-11.8-8Q0-5.5 11.8-8", 'stroke-width="1"'),
];
const HATS = [
  { fills: fill("hair", "M-8.6-32C-9.5-44 9.5-44 8.6-32Q4-37.5-2-37Q-7-36-8.6-32Z") + dot(0, -42.5, 3.6, "hair"), lines: "" },
  { fills: fill("brick", "M-8.6-34.5C-8-43.5 8-43.5 8.6-34.5L13-33.4Q5-36-8.6-34.5Z"), lines: line("M-8.6-34.5C-8-43.5 8-43.5 8.6-34.5L13-33.2Q3-36-8.6-34.5Z") },
  { fills: fill("yolk", "M-9-34C-9-44.5 9-44.5 9-34Q0-36.5-9-34Z") + dot(0, -43.2, 2.6, "paper"), lines: line("M-9-34C-9-44.5 9-44.5 9-34Q0-36.5-9-34Z") + line("M-2.6-43.2a2.6 2.6 0 1 0 5.2 0a2.6 2.6 0 1 0-5.2 0") },
  { fills: "", lines: line("M-4-28.2Q-2-30.4 0-28.6Q2-30.4 4-28.2", 'stroke-width="2.4"') + line("M-2.5-38.4Q0-39.6 2.5-38.4") },
  { fills: fill("plum", "M-9.6-29C-11.5-44.5 11.5-44.5 9.6-29L7.4-27Q9-36 0-36.6Q-9-36-7.4-27Z"), lines: line("M-9.6-29C-11.5-44.5 11.5-44.5 9.6-29M-7.4-27Q-9-36 0-36.6Q9-36 7.4-27M-7.4-27L-9.6-29M7.4-27L9.6-29") },
  { fills: fill("hair", "M-9-29C-12-43 12-43 9-29L9.5-23.5Q7-24 6.5-29Q5-36-3-36.5Q-6.5-34-6.5-29Q-7-24-9.5-23.5Z"), lines: "" },
];
const EYES = line("M-3.1-32.2v.9M3.1-32.2v.9", 'stroke-width="2.1"');
const MOODS = [
  EYES + line("M-2.8-28.3Q0-25.8 2.8-28.3"),
  EYES + line("M-2.4-27.6H2.4"),
  EYES + line("M-5-35.2L-1.8-34.2M5-35.2L1.8-34.2M-2.6-27Q0-29 2.6-27"),
  EYES + line("M-5.4-35.8L-1.4-33.6M5.4-35.8L1.4-33.6M-3-26.4Q0-29.8 3-26.4") + dot(-5.4, -29.4, 1.6, "brick") + dot(5.4, -29.4, 1.6, "brick"),
];
/** How a customer feels, in words, by the number that draws the face. */
export const MOOD = ["calm", "waiting", "impatient", "angry"];

const BASKET = print(
  fill("paper", "M9-11.5a2.3 3 0 1 1 4.6 0ZM13-11.5a2.3 3 0 1 1 4.6 0Z") + fill("yolk", "M7-11.5H19L17.4-4H8.6Z"),
  line("M9-11.5a2.3 3 0 1 1 4.6 0M13-11.5a2.3 3 0 1 1 4.6 0M7-11.5H19L17.4-4H8.6Z") + line("M8-11.5Q13-24 18-11.5", 'stroke-width="1.1"') + line("M10.5-9.5V-6M13-9.5V-6M15.5-9.5V-6", 'stroke-width=".9"'),
);
const BAG = print(fill("kraft", "M8-15H18L19-2.5H7Z") + fill("sage", "M10-15Q9-20 12-19Q13-22 15-19Q18-19 16-15Z"),
  line("M8-15H18L19-2.5H7ZM10-15Q9-20 12-19Q13-22 15-19Q18-19 16-15"));
const SHOES = (gap) => `<path class="ln" fill="var(--line)" d="M${-gap - 3.6} 0a3.6 2.2 0 0 1 7.2 0ZM${gap - 3.6} 0a3.6 2.2 0 0 1 7.2 0Z"/>`;
const SCRIBBLE = `<path class="ln cross" d="M-9-49C-14-56-4-61-2-55C0-64 9-60 6-54C14-57 13-47 6-48C0-44-6-45-9-49ZM-4-53L-1-50M4-54L2-50"/>`;

/** A customer, feet at the origin, facing us. `mood` is 0..3; `holds` is "basket", "bag" or nothing. */
export function person(id, mood = 0, holds = "basket") {
  const coat = pick(["brick", "sage", "skyink", "yolk", "plum", "kraft"], id, 1);
  const hat = pick(HATS, id, 3);
  return `<ellipse cx="1" cy=".8" rx="12" ry="3" class="shade"/>${SHOES(4.5)}${print(
    fill(coat, COAT) + `<circle cx="0" cy="-31.5" r="8.6" fill="var(--${pick(["skin1", "skin2", "skin3", "skin4"], id, 4)})"/>` + hat.fills,
    line(COAT) + `<circle cx="0" cy="-31.5" r="8.6"/>` + pick(COATS, id, 2)() + hat.lines + MOODS[mood],
  )}${holds === "basket" ? BASKET : holds === "bag" ? BAG : ""}${mood > 2 ? SCRIBBLE : ""}`;
}

/** The clerk of a till: a paper cap and an apron; `butcher` has the moustache, the stripes and the cleaver. */
export function clerk(id, butcher = false) {
  const skin = pick(["skin1", "skin2", "skin3", "skin4"], id, 4);
  const apron = "M-7-20L7-20L9.5-2.6Q0-.8-9.5-2.6Z";
  return print(
    fill("skyink", COAT) + `<circle cx="0" cy="-31.5" r="8.6" fill="var(--${skin})"/>` + fill("paper", apron) + fill("paper", "M-8.4-35.5L-6-43.5H6L8.4-35.5Q0-38-8.4-35.5Z"),
    line(COAT) + `<circle cx="0" cy="-31.5" r="8.6"/>` + line(apron) + line("M-8.4-35.5L-6-43.5H6L8.4-35.5Q0-38-8.4-35.5ZM-6-43.5L0-37.4L6-43.5") + EYES +
      (butcher ? line("M-6-27.4Q-3-30.6 0-28.4Q3-30.6 6-27.4", 'stroke-width="2.6"') + line("M-4-19V-2.4M0-19V-1.8M4-19V-2.4", 'class="cross"') : line("M-2.8-28.3Q0-25.8 2.8-28.3") + line("M-3-12H3V-7H-3Z", 'stroke-width="1"')),
  ) + (butcher ? `<g transform="translate(13 -14) rotate(14)">${print(fill("steel", "M-3-14H6V-5H-3Z"), line("M-3-14H6V-5H-3ZM-1.4-5V3"))}</g>` : "");
}

/** A till seen from the customer's side of the shop, `w` wide: belt, register, lamp with its number. Origin: middle of its foot. */
export function till(label, w, state) {
  const h = w / 2;
  const lampOn = state === "open";
  const counter = `M${-h}-19H${h}L${h - 2} 0H${-h + 2}Z`;
  const top = `M${-h}-19L${-h + 4}-25H${h - 4}L${h}-19Z`;
  const sign = state === "closed"
    ? print(fill("paper", `M${-h + 3}-15.5H${h - 3}V-4H${-h + 3}Z`), line(`M${-h + 3}-15.5H${h - 3}V-4H${-h + 3}Z`)) +
      `<text class="sign" y="-6.6" textLength="${Math.min(w - 12, 40)}" lengthAdjust="spacingAndGlyphs">CLOSED</text>`
    : state === "broken" ? "" : `<g class="ln">${line(`M${-h + 6}-12.5H${h - 6}M${-h + 6}-7H${h - 6}`, 'stroke-width="1"')}</g>`;
  return {
    back: `<g class="ln post">${line(`M${-h + 7}-25V-66`, 'stroke-width="2"')}</g>` +
      `<g transform="translate(${-h + 7} -70)">${print(`<circle r="8.6" fill="var(--${lampOn ? "yolk" : "shut"})"/>`, '<circle r="8.6"/>')}` +
      (state === "broken" ? `<path class="ln cross" stroke-width="2.4" d="M-5-5L5 5M5-5L-5 5"/>` : lampOn ? `<path class="ln rays" d="M0-11.5v-3M9.5-7l2.4-1.8M-9.5-7l-2.4-1.8"/>` : `<path class="ln" d="M-6.2 6.2L6.2-6.2"/>`) +
      `<text class="num${lampOn ? "" : " off"}" y="3.6">${label}</text></g>`,
    front: print(fill("brick", counter) + fill("steel", top), line(counter) + line(top)) + sign,
  };
}

/** Dropped eggs: white, yolk and shell on the floor. */
export const splat = print(
  fill("eggwhite", "M-15-2C-20-8-10-11-7-8C-4-14 6-13 7-8C14-12 20-6 14-3C20 2 10 5 5 2C2 6-6 6-7 2C-13 5-18 1-15-2Z") + dot(-3, -4, 3.4, "yolk") + dot(6, -3.5, 2.8, "yolk"),
  line("M-15-2C-20-8-10-11-7-8C-4-14 6-13 7-8C14-12 20-6 14-3C20 2 10 5 5 2C2 6-6 6-7 2C-13 5-18 1-15-2Z") + line("M-13-10L-10-14L-7-11L-5-15L-2-12M11-11L13-14L16-11L18-13", 'stroke-width="1.2"'),
);

/** An egg standing in a carton; `whole` or broken. */
export const egg = (whole = true) => whole
  ? print(fill("eggwhite", "M-5 0C-6-6-3-12 0-12S6-6 5 0Z"), line("M-5 0C-6-6-3-12 0-12S6-6 5 0"))
  : print(fill("eggwhite", "M-5.4 0L-5-6L-3-4L-1-7.5L1-4.5L3.4-7L5.4 0Z") + dot(0, -2, 2.4, "yolk"), line("M-5.4 0L-5-6L-3-4L-1-7.5L1-4.5L3.4-7L5.4 0"));

/** The weather over the store, in a window `w` x `h`: 0 fair, 1 clouds, 2 rain, 3 storm. */
export function weather(kind, w, h) {
  const cloud = (x, y, s) => `<g transform="translate(${x} ${y}) scale(${s})">${print(
    fill(kind > 1 ? "shut" : "paper", "M-20 6C-28 6-27-5-19-5C-18-15-4-17 0-9C8-15 19-9 17-2C26-2 26 6 19 6Z"), line("M-20 6C-28 6-27-5-19-5C-18-15-4-17 0-9C8-15 19-9 17-2C26-2 26 6 19 6Z"))}</g>`;
  const drops = [];
  if (kind > 1) for (let i = 0; i < w / 7; i++) drops.push(`M${(i * 7 + 5).toFixed(0)} ${(h * .62 + (i % 3) * h * .09).toFixed(1)}l-3 ${(h * .14).toFixed(1)}`);
  const rays = [0, 1, 2, 3, 4, 5, 6, 7].map((i) => {
    const a = i * Math.PI / 4 + .2, c = Math.cos(a), s = Math.sin(a);
    return `M${(c * 15).toFixed(1)} ${(s * 15).toFixed(1)}L${(c * 20).toFixed(1)} ${(s * 20).toFixed(1)}`;
  }).join("");
  const sun = `<g transform="translate(${w * .3} ${h * .42})">${print('<circle r="11" fill="var(--yolk)"/>', `<circle r="11"/>${line(rays)}`)}</g>`;
  return `<rect width="${w}" height="${h}" fill="var(--sky${kind})"/>` +
    (kind < 2 ? sun : "") + (kind > 0 ? cloud(w * .52, h * .42, 1) : "") + (kind > 1 ? cloud(w * .26, h * .34, .8) + cloud(w * .8, h * .36, .7) : "") +
    (drops.length ? `<path class="ln rain" d="${drops.join("")}"/>` : "") +
    (kind > 2 ? print(fill("yolk", `M${w * .55} ${h * .5}l-9 ${h * .22}h6l-5 ${h * .22}l15-${h * .28}h-7l6-${h * .16}Z`), line(`M${w * .55} ${h * .5}l-9 ${h * .22}h6l-5 ${h * .22}l15-${h * .28}h-7l6-${h * .16}Z`)) : "");
}
/** The weather's names, by the number that draws it. */
export const WEATHER = ["fair", "cloudy", "rain", "storm"];

/** The awning along the top of the store, `w` wide. */
export function awning(w) {
  const n = Math.max(6, Math.round(w / 34)), s = w / n;
  let fills = "", lines = `M0 0V13M${w} 0V13`;
  for (let i = 0; i < n; i++) {
    const d = `M${(i * s).toFixed(1)} 0H${((i + 1) * s).toFixed(1)}V13a${(s / 2).toFixed(2)} 8 0 0 1-${s.toFixed(1)} 0Z`;
    fills += fill(i % 2 ? "paper" : "brick", d);
    lines += d;
  }
  return print(fills, line(lines));
}

/** Egg cartons, jars and tins on two boards, `w` x `h`, with its sign. */
export function shelf(w, h) {
  const boards = [h * .58, h * .96], rows = [];
  boards.forEach((y, row) => {
    for (let x = 6, i = 0; x < w - 14; i++) {
      const what = scatter(i, row + 11) % 3;
      if (what === 0 && x < w - 32) { rows.push(`<g transform="translate(${x} ${y})">${carton(26, 3)}</g>`); x += 31; }
      else if (what === 1) { rows.push(`<g transform="translate(${x} ${y})">${print(fill(pick(["sage", "plum", "yolk"], i, row), "M0-13H9V0H0Z") + fill("paper", "M0-9H9V-4H0Z"), line("M0-13H9V0H0ZM0-9H9M0-4H9"))}</g>`); x += 13; }
      else { rows.push(`<g transform="translate(${x} ${y})">${print(fill(pick(["brick", "skyink", "kraft"], i, row), "M0-10Q0-12 2-12H8Q10-12 10-10V0H0Z"), line("M0-10Q0-12 2-12H8Q10-12 10-10V0H0ZM2-12V-15H8V-12"))}</g>`); x += 14; }
    }
  });
  return rows.join("") + `<g class="ln">${boards.map((y) => line(`M0 ${y}H${w}`, 'stroke-width="2.6"')).join("")}</g>`;
}
/** A carton `w` wide with `n` eggs showing. */
export function carton(w, n) {
  const s = w / n, eggs = [];
  for (let i = 0; i < n; i++) eggs.push(`<g transform="translate(${((i + .5) * s).toFixed(1)} -6) scale(.72)">${egg()}</g>`);
  return eggs.join("") + print(fill("kraft", `M-1-7H${w + 1}L${w - 1} 0H1Z`), line(`M-1-7H${w + 1}L${w - 1} 0H1Z`));
}

/** The butcher's corner, `w` x `h`: a rail with sausages and a ham over a tiled counter. */
export function butcher(w, h) {
  const link = (x, y) => `M${x} ${y}c-4 1-5 9 0 11c5-2 4-10 0-11`;
  const sausages = [.1, .21, .32].map((k) => link(w * k, h * .2) + link(w * k, h * .2 + 11)).join("");
  const hx = w * .84, hw = Math.min(w * .11, 15);
  const ham = `M${hx - 3} ${h * .2}C${hx - hw * 1.3} ${h * .4} ${hx - hw * 1.3} ${h * .62} ${hx} ${h * .62}S${hx + hw * 1.3} ${h * .42} ${hx + 3} ${h * .2}Z`;
  const counter = `M0 ${h * .7}H${w}V${h}H0Z`;
  const rail = print(fill("brick", sausages) + fill("blush", ham), line(`M0 ${h * .16}H${w}`, 'stroke-width="2"') + line(sausages + ham) + line(`M${hx - hw * .5} ${h * .5}q${hw * .5} 3 ${hw} 0`, 'stroke-width="1"'));
  const he = `<g transform="translate(${(w * .55).toFixed(1)} ${(h * .95).toFixed(1)}) scale(${(h / 88).toFixed(2)})">${clerk("the butcher", true)}</g>`;
  return rail + he + print(fill("steel", counter), line(counter) +
    line(`M0 ${h * .85}H${w}` + [.2, .4, .6, .8].map((k) => `M${w * k} ${h * .7}V${h}`).join(""), 'stroke-width=".9"'));
}

/** The door to the street: customers come and go here. */
export const door = (h) => print(fill("skyink", `M0 ${h}V14Q0 0 17 0T34 14V${h}Z`), line(`M0 ${h}V14Q0 0 17 0T34 14V${h}M17 0V${h}M5 ${h * .5}V18Q5 8 13 7V${h * .5}ZM29 ${h * .5}V18Q29 8 21 7V${h * .5}Z`) + `<circle cx="13" cy="${h * .66}" r="1.6"/><circle cx="21" cy="${h * .66}" r="1.6"/>`);
