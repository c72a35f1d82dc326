// A bet: asked before the result, kept, and laid over the result with the size of the miss.

import { keep, recall } from "./store.js";
import { written } from "./picture.js";
import { makeSketch } from "./sketch.js";

/** Runs the bet in `root`. `reveal(answer)` is called with the answer, or null when the reader wants none; `cover()` when they ask for the bet again. */
export function makeBet(root, bet, { reveal, cover, tell }) {
  const form = root.querySelector(".lic-bet");
  const verdict = root.querySelector(".lic-verdict");
  const problem = form.querySelector(".lic-problem");
  const sketch = bet.kind === "curve" ? makeSketch(form.querySelector(".lic-sketch"), bet) : null;

  function answered() {
    if (sketch) return sketch.heights() ?? "Draw the curve first, at two places at least.";
    const entry = new FormData(form).get("answer");
    if (bet.kind === "choice") return entry === null ? "Choose one of the answers first." : { text: bet.options[entry] };
    const value = entry.trim() === "" ? NaN : Number(entry);
    const inside = value >= bet.low && value <= bet.high;
    return inside ? value : `Bet a number from ${written(bet.low)} to ${written(bet.high)}.`;
  }

  function settle(answer, aloud) {
    form.hidden = true;
    verdict.hidden = false;
    verdict.querySelector(".lic-outcome").textContent = outcome(bet, answer);
    scale(verdict.querySelector(".lic-scale"), bet, answer);
    reveal(answer);
    if (aloud) verdict.focus({ preventScroll: true });
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    let answer = answered();
    if (typeof answer === "string") {
      problem.textContent = answer;
      return;
    }
    answer = answer.text ?? answer;
    problem.textContent = "";
    const trouble = keep(bet.key, answer);
    tell(answer);
    settle(answer, true);
    if (trouble) verdict.querySelector(".lic-outcome").append(` ${trouble}`);
  });
  form.querySelector(".lic-skip").addEventListener("click", () => settle(null, true));
  verdict.querySelector(".lic-again").addEventListener("click", () => {
    keep(bet.key, null);
    tell(null);
    form.hidden = false;
    verdict.hidden = true;
    cover();
    form.querySelector("input").focus();
  });

  const before = [recall(bet.key), bet.kept].find((answer) => fits(bet, answer));
  if (before === undefined) return;
  sketch?.set(before);
  tell(before);
  settle(before, false);
}

/** True when something kept is an answer to this bet: it may be damaged, or an older edition's. */
function fits(bet, answer) {
  const inside = (value) => typeof value === "number" && value >= bet.low && value <= bet.high;
  if (bet.kind === "number") return inside(answer);
  if (bet.kind === "choice") return bet.options.includes(answer);
  return Array.isArray(answer) && answer.length === bet.x.length && answer.every(inside);
}

const near = (bet, miss) => Math.abs(miss) <= 0.02 * (bet.high - bet.low);
const side = (miss) => (miss < 0 ? "too low" : "too high");
const withUnit = (value, bet) => `${written(value, 3)} ${bet.unit ?? ""}`.trim();

/** The sentence with the size of the miss. */
function outcome(bet, answer) {
  if (bet.kind === "choice") {
    if (answer === null) return `It came out as: ${bet.truth}.`;
    return answer === bet.truth ? `You said: ${answer}. So it is.` : `You said: ${answer}. It came out as: ${bet.truth}.`;
  }
  if (bet.kind === "number") {
    const truth = `It came out at ${withUnit(bet.truth, bet)}`;
    if (answer === null) return `${truth}.`;
    const miss = answer - bet.truth;
    const size = near(bet, miss) ? "as good as exact" : `you were ${withUnit(Math.abs(miss), bet)} ${side(miss)}`;
    return `You said ${withUnit(answer, bet)}. ${truth}: ${size}.`;
  }
  if (answer === null) return "The curve came out as drawn in the picture.";
  const misses = answer.map((value, index) => value - bet.truth[index]);
  const mean = misses.reduce((sum, miss) => sum + Math.abs(miss), 0) / misses.length;
  const worst = misses.reduce((best, miss, index) => (Math.abs(miss) > Math.abs(misses[best]) ? index : best), 0);
  if (near(bet, misses[worst])) return "Your curve is as good as exact everywhere.";
  const where = `${bet.x_title || "x"} ${written(bet.x[worst])}`;
  return `Your curve is off by ${written(mean, 2)} on average, and most at ${where}: ${written(Math.abs(misses[worst]), 3)} ${side(misses[worst])}.`;
}

/** A ruler with the bet, the result, and the miss between them. */
function scale(box, bet, answer) {
  const shown = bet.kind === "number";
  box.hidden = !shown;
  if (!shown) return;
  const percent = (value) => Math.min(100, Math.max(0, ((value - bet.low) / (bet.high - bet.low)) * 100));
  const share = (value) => `${percent(value)}%`;
  const marks = [[bet.truth, "lic-mark-truth", "came out"]];
  if (answer !== null) marks.push([answer, "lic-mark-bet", "your bet"]);
  const parts = marks.map(([value, name, words]) => {
    const mark = document.createElement("span");
    mark.className = name;
    mark.style.left = share(value);
    mark.dataset.words = words;
    mark.dataset.end = percent(value) < 12 ? "left" : percent(value) > 88 ? "right" : "";
    return mark;
  });
  const gap = document.createElement("span");
  gap.className = "lic-gap";
  if (answer !== null) {
    gap.style.left = share(Math.min(answer, bet.truth));
    gap.style.right = `calc(100% - ${share(Math.max(answer, bet.truth))})`;
  }
  box.replaceChildren(gap, ...parts);
}

/** The state with the reader's answer laid over its picture. */
export function overlaid(state, bet, answer) {
  if (answer === null || typeof state === "string" || bet.kind === "choice") return state;
  const { plum, ink, brick } = PALETTE.names;
  if (bet.kind === "curve") {
    const mine = { type: "scatter", mode: "lines", name: "your bet", x: bet.x, y: answer, line: { color: plum, dash: "dash", width: 3 } };
    return { ...state, data: [...state.data, mine] };
  }
  if (!bet.across) return state;
  const upright = bet.across === "x"; // the number lies on the x axis: upright lines
  const axis = state.layout?.[upright ? "xaxis" : "yaxis"] ?? {};
  const range = axis.range && [...axis.range].sort((a, b) => a - b);
  const held = (value) => (range ? Math.min(range[1], Math.max(range[0], value)) : value);
  const along = (a, b) => (upright ? { x0: a, x1: b } : { y0: a, y1: b });
  const acrossAll = upright ? { y0: 0, y1: 1, yref: "paper" } : { x0: 0, x1: 1, xref: "paper" };
  const atEdge = upright ? { y0: 0.06, y1: 0.06, yref: "paper" } : { x0: 0.97, x1: 0.97, xref: "paper" };
  const label = (value, words, color, above) => {
    const beyond = held(value) !== value ? " (beyond the picture)" : "";
    const spot = axis.type === "log" ? Math.log10(held(value)) : held(value);
    const place = upright
      ? { x: spot, y: 0.98, yref: "paper", yanchor: "top", xanchor: above ? "left" : "right", xshift: above ? 4 : -4 }
      : { y: spot, x: 0.015, xref: "paper", xanchor: "left", yanchor: above ? "bottom" : "top" };
    return { text: `${words}: ${withUnit(value, bet)}${beyond}`, showarrow: false, font: { color }, ...place };
  };
  const layout = {
    ...state.layout,
    shapes: [
      ...(state.layout?.shapes ?? []),
      { type: "line", ...along(held(answer), held(answer)), ...acrossAll, line: { color: plum, dash: "dash", width: 2.5 } },
      { type: "line", ...along(held(bet.truth), held(bet.truth)), ...acrossAll, line: { color: ink, dash: "dot", width: 1.5 } },
      { type: "line", ...along(held(answer), held(bet.truth)), ...atEdge, line: { color: brick, width: 5 } },
    ],
    annotations: [
      ...(state.layout?.annotations ?? []),
      label(answer, "your bet", plum, answer > bet.truth),
      label(bet.truth, "came out", ink, answer <= bet.truth),
    ],
  };
  return { ...state, layout };
}
