// The frame around the views: buttons, slider, menu, keys, the places for words.
import { isCrash, leavesAs } from "./event_sentences.js";
import { esc } from "./text.js";

export const SPEEDS = [0.25, 0.5, 1, 2, 4, 8, 16];

const ICONS = {
  first: "M5 4V16M16 4L8 10L16 16Z", back: "M12 4L5 10L12 16ZM15 4V16", play: "M6 3.5L16 10L6 16.5Z", pause: "M6 4V16M14 4V16",
  forward: "M8 4L15 10L8 16ZM5 4V16", last: "M15 4V16M4 4L12 10L4 16Z",
};
export const icon = (name) => `<svg viewBox="0 0 20 20" aria-hidden="true"><path d="${ICONS[name]}"/></svg>`;

const BUTTONS = { first: "To the beginning", back: "One event back", play: "Play", forward: "One event on", last: "To the end" };
const KEYS = {
  Space: "play or pause", "→ ←": "one event on, one event back", "Shift → ←": "ten events", "Page ↓ ↑": "a tenth of the run", "Home End": "the beginning, the end",
  "+ −": "faster, slower", "M, Shift M": "mark the next message, the one before", "1 2 3 4": "show or hide a view", G: "back to the marked event", C: "the next crash", Esc: "take the mark away",
};
const each = (things, html) => Object.entries(things).map(([key, value]) => html(key, value)).join("");

/** The HTML of a player's frame; `views` is a list of [name, title, whether it is shown]. */
export function frameOf({ why, notes, runs, rate, views, lookFor, crashes }) {
  const flag = why ? `<p class="lic-verdict-line"><b aria-hidden="true">⚑</b> <span>${esc(why)}</span> <button type="button" data-do="flagged">Show me</button></p>` : "";
  const said = `<ul class="lic-notes"${notes.length ? "" : " hidden"}>${notes.map((note) => `<li>${esc(note)}</li>`).join("")}</ul>`;
  const toggles = views.map(([name, title, shown]) => `<button type="button" data-view="${name}" aria-pressed="${shown}">${title}</button>`).join("");
  const speeds = SPEEDS.map((speed) => `<option value="${speed}"${speed === 1 ? " selected" : ""}>${speed} ×</option>`).join("");
  return `${flag}${said}${views.length > 1 ? `<div class="lic-views" role="group" aria-label="Views">${toggles}</div>` : ""}
    ${lookFor ? `<p class="lic-look-for">Look for: ${esc(lookFor)}</p>` : ""}
    <div class="lic-stage-of-runs" data-runs="${runs}" role="group" aria-label="The picture"></div>
    <div class="lic-transport">
      <div class="lic-seek"><svg class="lic-overview" aria-hidden="true" preserveAspectRatio="none"></svg>
        <input type="range" min="0" max="1" step="any" value="0" aria-label="Place in the run"></div>
      <div class="lic-bar">
        <div class="lic-keys">${each(BUTTONS, (what, label) => `<button type="button" data-do="${what}" aria-label="${label}">${icon(what)}</button>`)}</div>
        ${crashes ? `<button type="button" class="lic-jump" data-do="crash">Jump to the crash</button>` : ""}
        <output class="lic-clock" aria-live="off"></output>
        <label class="lic-speed"><span>Speed</span> <select aria-label="Speed">${speeds}</select></label><span class="lic-rate">${esc(rate)}</span>
      </div>
    </div>
    <div class="lic-event-list"></div>
    <details class="lic-help"><summary>Keys</summary><dl>${each(KEYS, (key, what) => `<div><dt>${key}</dt><dd>${what}</dd></div>`)}</dl>
      <p>At speed 1, <span class="lic-rate">${esc(rate)}</span>; where many things happen at one instant, the clock waits for them.</p></details>
    <p class="lic-live" role="status"></p>`;
}

const SHAPES = { crash: "M-3-3L3 3M3-3L-3 3", over: "M-4 4L0-4L4 4Z", left: "M-3-2L0 3L3-2", flagged: "M-2 6V-5L6-2L-2 1" };
const signOf = (e) => (e.kind === "GaveUp" ? "over" : isCrash(e) ? "crash" : (leavesAs(e) ?? "served") !== "served" ? "left" : null);

/** The strip above the slider, `wide` pixels: how much happens when, and where something went wrong. */
export function overviewOf(pace, eventAt, isFlagged, wide) {
  const bins = Math.max(1, Math.floor(wide / 4)), heights = new Float64Array(bins), marks = new Map(), step = wide / bins;
  for (let i = 0; i < pace.n; i++) {
    const bin = Math.min(bins - 1, Math.floor((pace.when[i] / (pace.end || 1)) * bins)), sign = isFlagged(i) ? "flagged" : signOf(eventAt(i));
    heights[bin] += 1;
    if (sign && (!marks.has(bin) || sign === "flagged" || sign === "over")) marks.set(bin, sign);
  }
  const top = Math.max(...heights, 1);
  let d = "M0 30";
  heights.forEach((h, b) => { d += `L${(b * step).toFixed(1)} ${(30 - 18 * Math.sqrt(h / top)).toFixed(1)}H${((b + 1) * step).toFixed(1)}`; });
  return `<path class="busyness" d="${d}L${wide} 30Z"/><rect class="elapsed" width="0" height="30"/>` +
    [...marks].map(([b, sign]) => `<path class="mark ${sign}" transform="translate(${((b + 0.5) * step).toFixed(1)} 7)" d="${SHAPES[sign]}"/>`).join("");
}
