// The wall at the back of the store: awning, door, clock, board, shelves, the butcher's corner.
import { carton } from "./egg_shapes.js";
import { fill, line, pick, print, scatter } from "./shapes.js";
import { clerk } from "./person_shapes.js";

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

/** The butcher's corner, `w` x `h`: a rail with sausages and a ham over a tiled counter. Nobody is there when `away`. */
export function butcher(w, h, away) {
  const link = (x, y) => `M${x} ${y}c-4 1-5 9 0 11c5-2 4-10 0-11`;
  const sausages = [.08, .16, .24].map((k, i) => [0, 11, 22].slice(0, 3 - (i % 2)).map((y) => link(w * k, h * .2 + y)).join("")).join("");
  const hx = w * .86, hw = Math.min(w * .11, 15);
  const ham = `M${hx - 3} ${h * .2}C${hx - hw * 1.3} ${h * .4} ${hx - hw * 1.3} ${h * .62} ${hx} ${h * .62}S${hx + hw * 1.3} ${h * .42} ${hx + 3} ${h * .2}Z`;
  const counter = `M0 ${h * .7}H${w}V${h}H0Z`, glass = `M${w * .06} ${h * .7}L${w * .1} ${h * .56}H${w * .36}L${w * .36} ${h * .7}Z`;
  const rail = print(fill("brick", sausages) + fill("blush", ham), line(`M0 ${h * .16}H${w}`, 'stroke-width="2"') + line(sausages + ham) + line(`M${hx - hw * .5} ${h * .5}q${hw * .5} 3 ${hw} 0`, 'stroke-width="1"'));
  const chops = print(fill("blush", [0, 1, 2].map((i) => `M${(w * (.12 + i * .075)).toFixed(1)} ${(h * .7).toFixed(1)}q1-6 5-6t4 6Z`).join("")), line([0, 1, 2].map((i) => `M${(w * (.12 + i * .075)).toFixed(1)} ${(h * .7).toFixed(1)}q1-6 5-6t4 6`).join("") + glass, 'stroke-width="1.1"'));
  const he = away ? note(w * .6, h * .5, "BACK SOON") : `<g transform="translate(${(w * .6).toFixed(1)} ${(h * .95).toFixed(1)}) scale(${(h / 84).toFixed(2)})">${clerk("the butcher", true)}</g>`;
  return rail + he + print(fill("steel", counter), line(counter) + line(`M0 ${h * .85}H${w}` + [.2, .4, .6, .8].map((k) => `M${w * k} ${h * .7}V${h}`).join(""), 'stroke-width=".9"')) + chops;
}

const GLASS = (h) => `M5 ${h * .56}V18Q5 8 13 7V${h * .56}ZM29 ${h * .56}V18Q29 8 21 7V${h * .56}Z`;

/** The door to the street, `h` high, with its sign: customers come and go here. `light` is the colour outside. */
export function door(h, open, light, ajar) {
  const frame = `M0 ${h}V14Q0 0 17 0T34 14V${h}`, leaves = ajar ? `M0 ${h}V13Q1 8 5 5L9 ${h * .1}V${h * 1.05}ZM34 ${h}V13Q33 8 29 5L25 ${h * .1}V${h * 1.05}Z` : `${frame}Z`;
  const seen = ajar ? `${frame}Z` : GLASS(h);
  return print(ajar ? `<path fill="${light}" d="${seen}"/>${fill("skyink", leaves)}` : `${fill("skyink", leaves)}<path fill="${light}" d="${seen}"/>`,
    line(ajar ? frame + leaves : `${frame}M17 0V${h}${GLASS(h)}`) + (ajar ? "" : `<circle cx="13.4" cy="${h * .68}" r="1.4"/><circle cx="20.6" cy="${h * .68}" r="1.4"/>`)) +
    `<path class="ln" stroke-width="1" d="M7 ${h * .32}L17 ${h * .22}L27 ${h * .32}"/>` +
    `<g transform="translate(17 ${h * .32})"><rect class="plate" x="-16" width="32" height="11.5" rx="2"/><text class="sign" y="8.4" textLength="${open ? 21 : 26}" lengthAdjust="spacingAndGlyphs">${open ? "OPEN" : "CLOSED"}</text></g>`;
}

/** A clock of radius `r`; its hands are turned by `handsAt`. */
export const clock = (r) => print(`<circle r="${r}" fill="var(--paper)"/>`, `<circle r="${r}"/>` + line([...Array(12).keys()].map((i) => {
  const c = Math.cos(i * Math.PI / 6), s = Math.sin(i * Math.PI / 6), a = r * (i % 3 ? .84 : .74);
  return `M${(c * a).toFixed(1)} ${(s * a).toFixed(1)}L${(c * r * .92).toFixed(1)} ${(s * r * .92).toFixed(1)}`;
}).join(""), 'stroke-width="1"')) + `<g class="ln hands"><path data-hand="long" d="M0 0V${-r * .76}" stroke-width="1.6"/><path data-hand="short" d="M0 0V${-r * .5}" stroke-width="2.6"/></g>`;
/** The angles of the long and the short hand: minutes and hours, or in a run of less than ten minutes seconds and minutes. */
export const handsAt = (second, span) => (span < 600 ? [second * 6, (second / 60) * 6] : [(second / 60) * 6, (second / 3600) * 30]);

/** The board, `w` x `h`: what was counted so far, in chalk. `rows` are [word, number]. */
export const board = (w, h, rows) => print(fill("slate", `M0 0H${w}V${h}H0Z`), line(`M0 0H${w}V${h}H0Z`, 'stroke-width="2.4"')) +
  rows.map(([word, number], i) => `<text class="chalk" x="5" y="${14 + i * 13}">${word}</text><text class="chalk" text-anchor="end" x="${w - 4}" y="${14 + i * 13}">${number}</text>`).join("");

/** A note pinned over a place where nobody is. */
export const note = (x, y, words) => `<g transform="translate(${x} ${y}) rotate(-4)"><rect class="plate" x="-30" y="-9" width="60" height="17" rx="2"/><text class="sign" y="3.4" textLength="50" lengthAdjust="spacingAndGlyphs">${words}</text></g>`;

/** A lamp on its cord, `drop` below the awning; lit when it is dark outside. */
export const lamp = (x, drop, lit) => `<g transform="translate(${x} ${drop})">${lit ? `<path class="glow" d="M-8 3L-44 ${90}H44L8 3Z"/>` : ""}<path class="ln post" d="M0 ${-drop + 20}V-6"/>${print(fill(lit ? "yolk" : "steel", "M-9 3Q-9-7 0-7T9 3Z"), line("M-9 3Q-9-7 0-7T9 3Z"))}</g>`;
