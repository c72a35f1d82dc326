// A curve drawn by the reader: with a finger or the mouse on the paper, or with two sliders and the keyboard.

import { written } from "./picture.js";

const SVG = "http://www.w3.org/2000/svg";
const EDGE = { left: 46, right: 12, top: 26, bottom: 40 };

/** Lays a drawing over the places `kind.x` into `box`. Gives { heights, set }. */
export function makeSketch(box, kind) {
  const { x, low, high } = kind;
  const set = new Map(); // place -> height, only where the reader has been
  let at = 0;
  let size = { width: 0, height: 0 };

  const paper = svg("svg", { class: "lic-paper", "aria-hidden": "true" });
  const grid = svg("g", { class: "lic-grid" });
  const line = svg("path", { class: "lic-drawn-line" });
  const dots = svg("g", { class: "lic-dots" });
  paper.append(grid, line, dots);
  const place = slide("Place", 0, x.length - 1, 1, 0);
  const height = slide("Height", low, high, (high - low) / 100, (low + high) / 2);
  const hint = document.createElement("p");
  hint.className = "lic-hint";
  hint.textContent = "Draw on the paper, or choose a place and a height with the sliders. Places that you leave out are joined by straight lines.";
  box.replaceChildren(paper, place.row, height.row, hint);

  const px = (index) => EDGE.left + ((x[index] - x[0]) / (x.at(-1) - x[0])) * (size.width - EDGE.left - EDGE.right);
  const py = (value) => size.height - EDGE.bottom - ((value - low) / (high - low)) * (size.height - EDGE.top - EDGE.bottom);

  function slide(name, min, max, step, value) {
    const row = document.createElement("label");
    row.className = "lic-control lic-slider";
    const label = document.createElement("span");
    label.className = "lic-name";
    const input = document.createElement("input");
    Object.assign(input, { type: "range", min, max, step, value });
    row.append(label, input);
    return { row, input, label, name };
  }

  function tell() {
    const where = `${kind.x_title || "place"} ${written(x[at])}`;
    const value = set.get(at) ?? heights()?.[at];
    const what = value === undefined ? "nothing yet" : `${written(value, 3)} ${kind.y_title}`.trim();
    place.label.textContent = `Place: ${where}`;
    height.label.textContent = `Height there: ${what}`;
    place.input.setAttribute("aria-valuetext", where);
    height.input.setAttribute("aria-valuetext", what);
    if (value !== undefined) height.input.value = value;
    for (const { input } of [place, height]) {
      input.style.setProperty("--lic-fill", `${((input.value - input.min) / (input.max - input.min)) * 100}%`);
    }
  }

  /** A height for every place, those left out joined by straight lines; undefined before two are set. */
  function heights() {
    if (set.size < 2) return undefined;
    const known = [...set.keys()].sort((a, b) => a - b);
    return x.map((here, index) => {
      if (index <= known[0]) return set.get(known[0]);
      if (index >= known.at(-1)) return set.get(known.at(-1));
      const after = known.findIndex((other) => other >= index);
      const [from, to] = [known[after - 1], known[after]];
      const share = (here - x[from]) / (x[to] - x[from]);
      return set.get(from) + share * (set.get(to) - set.get(from));
    });
  }

  function sketchLine() {
    const all = heights();
    line.setAttribute("d", all ? all.map((value, index) => `${index ? "L" : "M"}${px(index)} ${py(value)}`).join("") : "");
    dots.replaceChildren(...[...set].map(([index, value]) =>
      svg("circle", { cx: px(index), cy: py(value), r: index === at ? 6 : 3.5, class: index === at ? "lic-here" : "" })));
    if (!set.has(at)) dots.append(svg("line", { x1: px(at), x2: px(at), y1: EDGE.top, y2: size.height - EDGE.bottom, class: "lic-here" }));
    tell();
  }

  function rule() {
    const parts = ticks(low, high, 5).flatMap((value) => [
      svg("line", { x1: EDGE.left, x2: size.width - EDGE.right, y1: py(value), y2: py(value) }),
      text(written(value), EDGE.left - 6, py(value) + 4, "end"),
    ]);
    const every = Math.ceil(x.length / (size.width < 480 ? 5 : 9));
    x.forEach((value, index) => {
      if (index % every === 0) parts.push(text(written(value), px(index), size.height - EDGE.bottom + 18, "middle"));
    });
    parts.push(text(kind.x_title, size.width / 2, size.height - 4, "middle"), text(kind.y_title, 2, 14, "start"));
    grid.replaceChildren(...parts);
  }

  let last = null;
  function pointed(event) {
    const from = paper.getBoundingClientRect();
    const along = x[0] + ((event.clientX - from.left - EDGE.left) / (size.width - EDGE.left - EDGE.right)) * (x.at(-1) - x[0]);
    const share = (size.height - EDGE.bottom - (event.clientY - from.top)) / (size.height - EDGE.top - EDGE.bottom);
    const value = Math.min(high, Math.max(low, low + share * (high - low)));
    at = x.reduce((best, here, index) => (Math.abs(here - along) < Math.abs(x[best] - along) ? index : best), 0);
    const steps = last ? Math.abs(at - last.at) : 0;
    for (let step = 1; step <= steps; step += 1) {
      set.set(last.at + Math.sign(at - last.at) * step, last.value + (step / steps) * (value - last.value));
    }
    set.set(at, value);
    last = { at, value };
    place.input.value = at;
    sketchLine();
  }

  paper.addEventListener("pointerdown", (event) => {
    last = null;
    paper.setPointerCapture(event.pointerId);
    pointed(event);
    event.preventDefault();
  });
  paper.addEventListener("pointermove", (event) => paper.hasPointerCapture(event.pointerId) && pointed(event));
  place.input.addEventListener("input", () => {
    at = Number(place.input.value);
    sketchLine();
  });
  height.input.addEventListener("input", () => {
    set.set(at, Number(height.input.value));
    sketchLine();
  });
  new ResizeObserver(() => {
    size = { width: paper.clientWidth, height: paper.clientHeight };
    if (!size.width) return;
    rule();
    sketchLine();
  }).observe(paper);
  tell();

  return {
    heights: () => heights()?.map((value) => Number(value.toPrecision(4))),
    set(values) {
      set.clear();
      values?.forEach((value, index) => set.set(index, value));
      if (size.width) sketchLine();
    },
  };
}

function svg(name, attributes) {
  const node = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  return node;
}

function text(words, x, y, anchor) {
  const node = svg("text", { x, y, "text-anchor": anchor });
  node.textContent = words;
  return node;
}

/** About `count` round numbers from low to high. */
function ticks(low, high, count) {
  const rough = (high - low) / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * [1, 2, 5, 10].find((factor) => power * factor >= rough);
  const result = [];
  for (let value = Math.ceil(low / step) * step; value <= high + step / 1e6; value += step) result.push(Number(value.toPrecision(10)));
  return result;
}
