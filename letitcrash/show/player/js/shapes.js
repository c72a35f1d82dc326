// The store's own hand: a grocer's flyer, printed in a few inks that do not quite meet their outlines.
// Every shape is a string of SVG around its own origin; colours are CSS variables, so a theme is a change of inks.

/** Surfaces of ink, and the outlines a little beside them. */
export const print = (fills, lines) => `<g transform="translate(1.3 1)">${fills}</g><g class="ln">${lines}</g>`;
export const fill = (ink, d) => `<path fill="var(--${ink})" d="${d}"/>`;
export const line = (d, extra = "") => `<path d="${d}" ${extra}/>`;
export const dot = (x, y, r, ink) => `<circle cx="${x}" cy="${y}" r="${r}" fill="var(--${ink})"/>`;

/** A small number that scatters neighbours: customer 4 and customer 5 should not look alike. */
export const scatter = (id, salt = 0) => {
  let h = 2166136261 ^ salt;
  for (const c of String(id)) h = Math.imul(h ^ c.charCodeAt(0), 16777619);
  h ^= h >>> 15;
  return Math.imul(h, 2246822519) >>> 8;
};
/** One of `list`, always the same for `id`. */
export const pick = (list, id, salt) => list[scatter(id, salt) % list.length];
