// A picture in its place: drawn when it comes near the screen, redrawn for another state, theme or width.

import { dressed, followTheme, setOnPaper } from "./theme.js";

const pictures = new Set();
export const PAPER_WIDTH = 640; // pixels
const CONFIG = { displayModeBar: false, displaylogo: false, responsive: false, scrollZoom: false,
  showTips: false, modeBarButtonsToRemove: ["sendChartToCloud"] };

/** Draws states {data, layout, reading} or sentences into `root`; `plotly` gives a promise of Plotly. */
export function makePicture(root, plotly, onNear = () => {}) {
  const place = root.querySelector(".lic-stage");
  const axis = root.querySelector(".lic-axis");
  const plot = root.querySelector(".lic-plot");
  const reading = root.querySelector(".lic-reading");
  const table = root.querySelector(".lic-table");
  let state = null;
  let drawn = null; // the state that stands in the page
  let near = false;
  let width = 0;
  let spoken = 0;

  const picture = { show, draw, redraw, isNear: () => near, done: () => drawn === state };

  /** Shows `next`; `aloud` has a screen reader told, once the reader has stopped turning. */
  async function show(next, aloud = false) {
    state = next;
    const failed = typeof next === "string";
    const text = failed ? next : next.reading;
    root.classList.toggle("lic-failed", failed);
    reading.textContent = text;
    plot.setAttribute("role", "img");
    plot.setAttribute("aria-label", `Picture: ${text}`);
    if (aloud) say(text);
    if (table.open) fill();
    if (near) await draw();
  }

  function say(text) {
    clearTimeout(spoken);
    const status = root.querySelector(".lic-status");
    spoken = setTimeout(() => {
      status.textContent = text;
      spoken = setTimeout(() => (status.textContent = ""), 4000);
    }, 400);
  }

  async function draw() {
    if (state === null || typeof state === "string") {
      drawn = state;
      return;
    }
    try {
      const Plotly = await plotly();
      await put(Plotly);
    } catch (error) {
      root.classList.add("lic-undrawn");
      place.title = error.message;
    }
  }

  function put(Plotly, paper = false) {
    const now = state;
    if (now === null || typeof now === "string") return undefined;
    width = paper ? Math.min(place.clientWidth || PAPER_WIDTH, PAPER_WIDTH) : place.clientWidth;
    axis.textContent = (now.layout?.yaxis?.title?.text ?? "").replaceAll("<br>", " ");
    const { data, layout } = dressed(now, root, width);
    const done = Plotly.react(plot, data, { ...layout, width, height: plot.clientHeight || 300 }, CONFIG);
    drawn = now;
    root.classList.remove("lic-undrawn");
    root.classList.add("lic-drawn");
    return done;
  }

  /** Draws again what stands there; at once, so that it also serves just before printing. */
  function redraw(paper = false) {
    if (globalThis.Plotly && (near || paper)) put(globalThis.Plotly, paper);
  }

  function fill() {
    if (state !== null && typeof state !== "string") fillTable(table.querySelector(".lic-rows"), state);
    else table.querySelector(".lic-rows").textContent = state ?? "";
  }

  table.addEventListener("toggle", () => table.open && fill());
  const size = new ResizeObserver(() => {
    if (drawn && near && place.clientWidth && Math.abs(place.clientWidth - width) > 1) redraw();
  });
  size.observe(place);
  const watch = new IntersectionObserver(
    (entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      near = true;
      watch.disconnect();
      onNear();
      draw().then(drawTheRestWhenIdle);
    },
    { rootMargin: "600px 0px" },
  );
  watch.observe(place);
  picture.force = () => {
    near = true;
    watch.disconnect();
    return draw();
  };
  picture.forget = () => {
    pictures.delete(picture);
    unfollow();
    watch.disconnect();
    size.disconnect();
    globalThis.Plotly?.purge(plot);
  };
  const unfollow = followTheme(root, redraw);
  pictures.add(picture);
  listenOnce();
  return picture;
}

let listening = false;

function listenOnce() {
  if (listening) return;
  listening = true;
  addEventListener("beforeprint", () => {
    setOnPaper(true);
    pictures.forEach((picture) => picture.redraw(true));
  });
  addEventListener("afterprint", () => {
    setOnPaper(false);
    pictures.forEach((picture) => picture.redraw());
  });
}

/** Draws every picture of the page, also those far from the screen. For printing; the promise ends when all stand. */
export function drawAll() {
  return Promise.all([...pictures].map((picture) => picture.force()));
}

let idle = false;

/** Once the first picture stands, the others follow while nothing else happens, so that the page can be printed. */
function drawTheRestWhenIdle() {
  if (idle) return;
  idle = true;
  const later = globalThis.requestIdleCallback ?? ((work) => setTimeout(work, 200));
  const next = () => {
    const far = [...pictures].find((picture) => !picture.isNear());
    if (far) far.force().then(() => later(next));
    else idle = false;
  };
  later(next);
}

const MOST_ROWS = 60;

/** The picture's numbers as tables: traces over the same places side by side, lying bars by their names. */
function fillTable(rows, state) {
  const titles = { x: state.layout?.xaxis?.title?.text || "x", y: state.layout?.yaxis?.title?.text || "y" };
  const groups = new Map();
  for (const trace of state.data) {
    if (!Array.isArray(trace.x) || !Array.isArray(trace.y)) continue;
    const lying = trace.orientation === "h";
    const [places, values] = lying ? [trace.y, trace.x] : [trace.x, trace.y];
    const columns = [[trace.name || titles[lying ? "x" : "y"], values]];
    if (trace.base) columns.unshift(["from", trace.base]);
    const key = JSON.stringify(places);
    if (!groups.has(key)) groups.set(key, { places, title: lying ? "" : titles.x, columns: [] });
    groups.get(key).columns.push(...columns);
  }
  rows.replaceChildren(...[...groups.values()].map(({ places, title, columns }) => {
    const every = Math.ceil(places.length / MOST_ROWS);
    const body = places.flatMap((place, index) =>
      index % every === 0 ? [[place, ...columns.map(([, values]) => values[index])]] : []);
    return tableOf([title, ...columns.map(([name]) => name)], body, every > 1 ? `every ${every}th of ${places.length} rows` : "");
  }));
  if (!groups.size) rows.textContent = "This picture has no table.";
}

function tableOf(head, body, caption) {
  const table = document.createElement("table");
  if (caption) table.createCaption().textContent = caption;
  const top = table.createTHead().insertRow();
  for (const text of head) {
    const cell = document.createElement(text ? "th" : "td");
    if (text) cell.scope = "col";
    cell.textContent = text.replaceAll("<br>", " ");
    top.append(cell);
  }
  const lines = table.createTBody();
  for (const row of body) {
    const line = lines.insertRow();
    for (const value of row) line.insertCell().textContent = written(value).replaceAll("<br>", " ");
  }
  return table;
}

/** A number as the reader sees it: four digits at most, a real minus sign. */
export function written(value, digits = 4) {
  if (value === null || value === undefined) return "–";
  if (typeof value !== "number") return String(value);
  return String(Number(value.toPrecision(digits))).replace("-", "−");
}
