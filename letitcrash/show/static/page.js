// A static page: every figure, explorable, bet and quiz of it, from the data beside them, without a kernel.

import { makeExplorable, stateNumber } from "./explore.js";
import { drawAll, makePicture } from "./picture.js";
import { getPlotly, plotlyFrom } from "./plotly.js";
import { makeQuiz } from "./quiz.js";
import { unpacked } from "./unpack.js";

const home = document.currentScript.src; // <site>/_static/letitcrash/show.js
const vendor = new URL("../../vendor/plotly-basic.min.js", home).href;
const plotly = () => getPlotly([() => plotlyFrom(vendor)]);

function wake(root) {
  const spec = JSON.parse(root.querySelector(".lic-data").textContent);
  if (root.dataset.lic === "quiz") makeQuiz(root, spec.key);
  else if (root.dataset.lic === "figure") makePicture(root, plotly).show(spec);
  else {
    const ask = (positions) => unpacked(spec.states, stateNumber(spec.controls, positions));
    makeExplorable(root, spec, { ask, plotly });
  }
}

function wakeAll() {
  for (const root of document.querySelectorAll(".lic[data-lic]:not([data-awake])")) {
    root.dataset.awake = "";
    try {
      wake(root);
    } catch (error) {
      root.classList.add("lic-failed");
      console.error("letitcrash: a picture could not be set up:", error);
    }
  }
}

globalThis.letitcrash = { ...globalThis.letitcrash, drawAll, wakeAll };
if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", wakeAll);
else wakeAll();
