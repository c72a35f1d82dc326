// A carton that is dropped: it falls from the counter to the floor, and only then lies there broken.
import { FALLING } from "./egg_shapes.js";
import { svg } from "./text.js";

const STEPS = 8, LASTS = 0.52; // seconds, from the counter to the floor

export class FallingEggs {
  constructor() {
    this.falls = new Set();
  }
  /** Let a carton fall on `layer` from (`x`, `y`) by `depth` pixels; what lies there is `spill`, shown when it has come down. */
  drop(layer, spill, { x, y, depth, scale }) {
    const pieces = FALLING.map((what, i) => {
      const g = svg(`<svg class="piece" viewBox="-16 -16 32 32" width="${32 * scale}" height="${32 * scale}">${what}</svg>`), up = 60 + 12 * i, half = 16 * scale;
      const path = Array.from({ length: STEPS + 1 }, (_, k) => {
        const u = k / STEPS, across = x + (i - 1) * (9 + 26 * u) - half, down = y - 4 * up * u * (1 - u) * 0.5 + depth * u * u - half; // thrown up a little, then down
        return { transform: `translate(${across.toFixed(1)}px, ${down.toFixed(1)}px) rotate(${((i - 1.4) * 260 * u).toFixed(0)}deg)` };
      });
      layer.append(g);
      return { g, moves: g.animate(path, { duration: LASTS * 1000 }) };
    });
    const fall = { pieces, spill };
    spill.style.visibility = "hidden";
    this.falls.add(fall);
    pieces[0].moves.onfinish = () => this.land(fall);
  }
  land(fall) {
    for (const { g } of fall.pieces) g.remove();
    fall.spill.style.visibility = "";
    this.falls.delete(fall);
  }
  /** All are down at once: the reader went somewhere else. */
  clear() {
    for (const fall of this.falls) this.land(fall);
  }
}
