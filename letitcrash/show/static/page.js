// A static page: every figure, explorable, bet, quiz, store and scene of it, from the data beside them, without a kernel.

import { makeExplorable, startingWith, stateNumber } from "./explore.js";
import { makeFloor } from "./floor.js";
import { drawAll, makePicture } from "./picture.js";
import { getPlotly, loadPlotlyNow, plotlyFrom } from "./plotly.js";
import { makeQuiz } from "./quiz.js";
import { makeScene } from "./scene.js";
import { followTheme } from "./theme.js";
import { unpacked } from "./unpack.js";

const home = document.currentScript.src; // <site>/_static/letitcrash/show.js
const vendor = new URL("../../vendor/plotly-basic.min.js", home).href;
const plotly = () => getPlotly([() => plotlyFrom(vendor)]);

// Printing may begin before any picture has come near the screen. This listener is the first: the pictures' own redraw.
addEventListener("beforeprint", () => document.querySelector(".lic-plot") && loadPlotlyNow(vendor));
if (location.protocol === "file:" && document.querySelector(".lic-plot")) plotly().catch(() => {}); // see loadPlotlyNow

function wake(root) {
  const spec = JSON.parse(root.querySelector(".lic-data").textContent);
  if (root.dataset.lic === "quiz") makeQuiz(root, spec.key);
  else if (root.dataset.lic === "floor") makeFloor(root, spec);
  else if (root.dataset.lic === "scene") makeScene(root, spec);
  else if (root.dataset.lic === "figure") makePicture(root, plotly).show(spec);
  else {
    const states = () => spec.states ?? statesFrom(spec.file);
    const ask = async (positions) => unpacked(await states(), stateNumber(spec.controls, positions));
    const onNear = () => states()?.catch?.(() => {}); // fetched before they are asked for; a failure is told then
    makeExplorable(root, spec, { ask: startingWith(spec, ask), plotly, onNear });
  }
}

const files = new Map();

/** The states that lie in a file of their own, a script that adds them to `letitcrash.states`. */
function statesFrom(name) {
  if (!files.has(name)) {
    files.set(name, new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = new URL(`states/${name}.js`, home).href;
      script.onload = () => resolve(globalThis.letitcrash.states[name]);
      script.onerror = () => {
        files.delete(name);
        reject(new Error("the rest of this explorable did not load; turn a control to try again."));
      };
      document.head.append(script);
    }));
  }
  return files.get(name);
}

const KINDS = ["figure", "explore", "bet", "quiz", "floor", "scene"].map((kind) => `.lic[data-lic="${kind}"]:not([data-awake])`);

function wakeAll() {
  for (const root of document.querySelectorAll(KINDS)) {
    root.dataset.awake = "";
    followTheme(root);
    try {
      wake(root);
    } catch (error) {
      root.classList.add("lic-failed");
      console.error("letitcrash: a picture could not be set up:", error);
    }
  }
}

globalThis.letitcrash = { ...globalThis.letitcrash, states: {}, drawAll, wakeAll };
if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", wakeAll);
else wakeAll();
