// An explorable: controls, a picture, and at most one question on its way; the newest position waits, the rest is dropped.

import { makeBet, overlaid } from "./bet.js";
import { makePicture } from "./picture.js";
import { makeVeil } from "./veil.js";

const SLOW = 300; // ms after which the reader is told that something is being computed
const LOST = 10000; // ms after which we wonder whether anyone still computes

/**
 * Brings `root` to life. `spec` is { controls: [{ name, texts, start }], bet }; `ask(positions)` gives a state, or a
 * promise of one; `plotly` a promise of Plotly; `tell(answer)` hears of each bet; `onNear` is called when the reader
 * comes near. Gives what ends it, `forget()`.
 */
export function makeExplorable(root, spec, { ask, plotly, tell = () => {}, onNear }) {
  const picture = root.querySelector(".lic-stage") ? makePicture(root, plotly, onNear) : null;
  const controls = spec.controls ?? [];
  const form = root.querySelector(".lic-controls");
  const wanted = controls.map((control) => control.start);
  let answer = null;
  let edition = 0; // counts up when the same positions are to be shown anew
  let shown = ""; // the positions and edition of what stands on the page
  let busy = false;

  const inputs = controls.map(({ name }) => [...root.querySelectorAll("[data-control]")].filter((input) => input.dataset.control === name));

  function place(index, position) {
    wanted[index] = position;
    const [first, ...others] = inputs[index];
    if (first.type === "range") {
      first.value = position;
      first.setAttribute("aria-valuetext", controls[index].texts[position]);
      first.style.setProperty("--lic-fill", `${(position / Math.max(1, first.max)) * 100}%`);
      first.closest(".lic-slider").querySelector(".lic-value").textContent = controls[index].texts[position];
    } else if (first.type === "checkbox") {
      if (controls[index].texts.length > 1) first.checked = position === 1;
    } else if (first.type === "radio") [first, ...others][position].checked = true;
    else first.value = position;
  }

  function turnedTo(input) {
    return input.type === "checkbox" ? Number(input.checked) : Number(input.value);
  }

  inputs.forEach((group, index) => group.forEach((input) => input.addEventListener("input", () => {
    place(index, turnedTo(input));
    turn();
  })));
  form?.addEventListener("submit", (event) => event.preventDefault());

  /** Asks for the newest position until it stands on the page. Positions passed on the way are never asked for. */
  async function turn() {
    if (busy || !picture) return;
    busy = true;
    while (mark() !== shown) {
      const now = [...wanted];
      const marked = mark();
      const slow = setTimeout(() => root.classList.add("lic-waiting"), SLOW);
      const lost = setTimeout(() => root.classList.add("lic-lost"), LOST);
      let state;
      try {
        state = await ask(now);
      } catch (error) {
        state = `No picture: ${error.message}`;
      }
      clearTimeout(slow);
      clearTimeout(lost);
      root.classList.remove("lic-waiting", "lic-lost");
      const aloud = shown !== "";
      shown = marked;
      const here = Object.entries(spec.bet?.at ?? {}).every(([name, position]) => now[controls.findIndex((control) => control.name === name)] === position);
      await picture.show(spec.bet && here ? overlaid(state, spec.bet, answer) : state, aloud);
    }
    busy = false;
  }

  const mark = () => `${wanted} ${edition}`;

  function again() {
    edition += 1;
    return turn();
  }

  const veil = spec.bet && makeVeil(root, () => root.querySelector(".lic-skip").click());
  if (spec.bet) {
    veil.draw();
    makeBet(root, spec.bet, {
      tell,
      cover() {
        answer = null;
        veil.draw();
        root.classList.add("lic-covered");
        if (form) form.inert = true;
        again();
      },
      reveal(given) {
        answer = given;
        veil.lift();
        root.classList.remove("lic-covered");
        if (form) form.inert = false;
        controls.forEach(({ name }, index) => name in (spec.bet.at ?? {}) && place(index, spec.bet.at[name]));
        again();
      },
    });
    if (form) form.inert = root.classList.contains("lic-covered");
  }
  controls.forEach((control, index) => place(index, wanted[index]));
  turn();
  return {
    forget() {
      veil?.lift();
      picture?.forget();
    },
  };
}

/** The state that came along, at the positions where the controls start; `ask` for all others. */
export function startingWith(spec, ask) {
  const starts = String((spec.controls ?? []).map((control) => control.start));
  return (positions) => (spec.first && String(positions) === starts ? spec.first : ask(positions));
}

/** The number of the state at these positions, the last control turning fastest. */
export function stateNumber(controls, positions) {
  return controls.reduce((number, control, index) => number * control.texts.length + positions[index], 0);
}
