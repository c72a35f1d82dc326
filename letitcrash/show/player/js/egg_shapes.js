// Eggs: in their carton, in the air, and where they lie.
import { dot, fill, line, print } from "./shapes.js";

/** An egg standing in a carton; `whole` or broken. */
export const egg = (whole = true) => whole
  ? print(fill("eggwhite", "M-5 0C-6-6-3-12 0-12S6-6 5 0Z"), line("M-5 0C-6-6-3-12 0-12S6-6 5 0"))
  : print(fill("eggwhite", "M-5.4 0L-5-6L-3-4L-1-7.5L1-4.5L3.4-7L5.4 0Z") + dot(0, -2, 2.4, "yolk"), line("M-5.4 0L-5-6L-3-4L-1-7.5L1-4.5L3.4-7L5.4 0"));

/** A carton `w` wide with `n` eggs showing. */
export function carton(w, n) {
  const s = w / n, eggs = [];
  for (let i = 0; i < n; i++) eggs.push(`<g transform="translate(${((i + .5) * s).toFixed(1)} -6) scale(.72)">${egg()}</g>`);
  return eggs.join("") + print(fill("kraft", `M-1-7H${w + 1}L${w - 1} 0H1Z`), line(`M-1-7H${w + 1}L${w - 1} 0H1Z`));
}

/** Dropped eggs: white, yolk and shell on the floor. */
export const splat = print(
  fill("eggwhite", "M-15-2C-20-8-10-11-7-8C-4-14 6-13 7-8C14-12 20-6 14-3C20 2 10 5 5 2C2 6-6 6-7 2C-13 5-18 1-15-2Z") + dot(-3, -4, 3.4, "yolk") + dot(6, -3.5, 2.8, "yolk"),
  line("M-15-2C-20-8-10-11-7-8C-4-14 6-13 7-8C14-12 20-6 14-3C20 2 10 5 5 2C2 6-6 6-7 2C-13 5-18 1-15-2Z") + line("M-13-10L-10-14L-7-11L-5-15L-2-12M11-11L13-14L16-11L18-13", 'stroke-width="1.2"'),
);

const WHOLE = "M0-8.5C3.2-8.5 5.6-2.4 5.6 1.2A5.6 5.6 0 0 1-5.6 1.2C-5.6-2.4-3.2-8.5 0-8.5Z", FLIES = print(fill("eggwhite", WHOLE), line(WHOLE));
/** The pieces of a dropped carton: two eggs, and the lid; each turns around its own middle. */
export const FALLING = [FLIES, FLIES, print(fill("kraft", "M-11-4H11L9 4H-9Z"), line("M-11-4H11L9 4H-9Z"))];
