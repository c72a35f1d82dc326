// A notebook: the same shell, its states asked of the kernel.

import { makeExplorable, startingWith } from "./explore.js";
import { makeFloor } from "./floor.js";
import { getPlotly, plotlyFrom, plotlyFromText } from "./plotly.js";
import { makeQuiz } from "./quiz.js";
import { makeScene } from "./scene.js";
import { followTheme } from "./theme.js";

export function render({ model, el }) {
  el.innerHTML = model.get("shell");
  const root = el.firstElementChild;
  const spec = model.get("spec");
  const unfollow = followTheme(root);
  if (root.dataset.lic === "quiz") {
    makeQuiz(root, spec.key);
    return unfollow;
  }
  if (root.dataset.lic === "floor" || root.dataset.lic === "scene") {
    const made = root.dataset.lic === "floor" ? makeFloor(root, spec) : makeScene(root, spec);
    return () => {
      made.forget();
      unfollow();
    };
  }
  const line = kernelLine(model);
  const plotly = () => getPlotly([plotlyOfTheSite, () => line.plotly()]);
  const ask = startingWith(spec, line.ask);
  const shown = makeExplorable(root, spec, { ask, plotly, tell: line.tell });
  return () => {
    line.close();
    unfollow();
    shown.forget();
  };
}

/** Questions to the kernel and its answers, matched by number. */
function kernelLine(model) {
  const open = new Map();
  let number = 0;

  function onMessage(content, buffers) {
    open.get(content.number)?.(content, buffers);
    open.delete(content.number);
  }

  function send(message) {
    return new Promise((resolve) => {
      number += 1;
      open.set(number, (content, buffers) => resolve({ content, buffers }));
      model.send({ ...message, number });
    });
  }

  model.on("msg:custom", onMessage);
  return {
    ask: async (positions) => (await send({ kind: "state", positions })).content.state,
    tell: (answer) => model.send({ kind: "bet", answer }),
    close: () => model.off("msg:custom", onMessage),
    async plotly() {
      const { content, buffers } = await send({ kind: "plotly" });
      if (content.problem) throw new Error(content.problem);
      const packed = new Blob([buffers[0]]).stream().pipeThrough(new DecompressionStream("gzip"));
      return plotlyFromText(await new Response(packed).text());
    },
  };
}

/** In JupyterLite: the book's own copy, which lies beside it. */
function plotlyOfTheSite() {
  const root = document.getElementById("jupyter-config-data")?.dataset.jupyterLiteRoot;
  if (root === undefined) return Promise.reject(new Error("this is no page of the book"));
  return plotlyFrom(new URL(`${root}/../vendor/plotly-basic.min.js`, document.baseURI).href);
}
