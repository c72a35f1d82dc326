// The book's look on a plotly figure, in the light, in the dark and on paper.

let onPaper = false;

export function setOnPaper(value) {
  onPaper = value;
}

/** True when the page around is dark: the site's theme, JupyterLab's, VS Code's, else the system's. */
export function isDark() {
  if (onPaper) return false;
  const { documentElement: page, body } = document;
  if (page.dataset.theme) return page.dataset.theme === "dark";
  if (body.dataset.jpThemeLight) return body.dataset.jpThemeLight === "false";
  if (body.className.includes("vscode-")) return !body.classList.contains("vscode-light");
  return matchMedia("(prefers-color-scheme: dark)").matches;
}

const followers = new Map(); // root -> what to do when the page turns dark or light
let following = false;

/** Keeps `root` as dark as the page around it, and calls `redraw` when that changes. Gives what ends it. */
export function followTheme(root, redraw = () => {}) {
  root.toggleAttribute("data-dark", isDark());
  followers.set(root, redraw);
  if (!following) {
    following = true;
    const turn = () => followers.forEach((again, follower) => {
      if (follower.hasAttribute("data-dark") === isDark()) return;
      follower.toggleAttribute("data-dark", isDark());
      again();
    });
    const watch = new MutationObserver(turn);
    watch.observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
    watch.observe(document.body, { attributes: true, attributeFilter: ["data-jp-theme-light", "class"] });
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", turn);
  }
  return () => followers.delete(root);
}

/** The figure with every colour of the book in its dark form; other colours stay as they are. */
function inTheDark(node) {
  if (typeof node === "string") return PALETTE.dark[node.toUpperCase()] ?? node;
  if (Array.isArray(node)) return typeof node[0] === "number" ? node : node.map(inTheDark);
  if (node === null || typeof node !== "object") return node;
  return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, inTheDark(value)]));
}

function merged(base, over) {
  if (base === null || typeof base !== "object" || Array.isArray(base)) return over ?? base;
  if (over === null || typeof over !== "object" || Array.isArray(over)) return over ?? base;
  const result = { ...base };
  for (const key of Object.keys(over)) result[key] = merged(base[key], over[key]);
  return result;
}

/** The axis with about `count` of the ticks that it names, so that they stand side by side. */
function fewer(axis, count) {
  const every = Math.ceil((axis.tickvals?.length ?? 0) / count);
  if (every < 2) return axis;
  const some = (all) => all?.filter((_, index) => index % every === 0);
  return { ...axis, tickvals: some(axis.tickvals), ticktext: some(axis.ticktext) };
}

/**
 * The figure {data, layout} dressed for a place of `width` pixels in the font of `host`. Its upright axis has no title:
 * that lies flat above the picture (see picture.js), where it is readable and takes no width from a phone.
 */
export function dressed(figure, host, width) {
  const { ink, grey, rule } = PALETTE.names;
  const small = width < 480;
  const given = figure.layout ?? {};
  const lying = figure.data.some((trace) => trace.orientation === "h");
  const named = figure.data.filter((trace) => trace.name && trace.showlegend !== false);
  const legend = given.showlegend ?? named.length > 1;
  const axis = {
    fixedrange: true, automargin: true, zeroline: false, gridcolor: rule, linecolor: grey, tickcolor: grey,
    tickfont: { color: grey }, title: { standoff: 10, font: { color: grey, size: small ? 12 : 13 } },
  };
  const base = {
    autosize: true, dragmode: false, hovermode: lying ? "closest" : "x unified", showlegend: legend, bargap: 0.35,
    paper_bgcolor: "rgba(0,0,0,0)", plot_bgcolor: "rgba(0,0,0,0)",
    font: { family: getComputedStyle(host).fontFamily, size: small ? 12 : 13.5, color: ink },
    colorway: ["yolk", "teal", "brick", "plum", "leaf"].map((name) => PALETTE.names[name]),
    margin: { l: 44, r: 14, t: 14, b: 46 },
    legend: { orientation: "h", x: 0, xanchor: "left", y: 1.01, yanchor: "bottom", font: { color: ink } },
    hoverlabel: { bgcolor: PALETTE.names.paper, bordercolor: grey, font: { color: ink } },
    xaxis: { ...axis, showgrid: false, showline: true, ticks: "outside", ticklen: 4, nticks: small ? 6 : 10 },
    yaxis: { ...axis, griddash: "1px,3px", ...(lying ? { dtick: 1 } : { nticks: small ? 5 : 7 }) },
  };
  const layout = merged(base, given);
  for (const unwanted of ["template", "height", "width", "meta"]) delete layout[unwanted];
  if (small) layout.xaxis = fewer(layout.xaxis, 5);
  if (layout.yaxis.title?.text) layout.yaxis = { ...layout.yaxis, title: { text: "" } };
  const whole = { data: figure.data, layout };
  return isDark() ? inTheDark(whole) : whole;
}
