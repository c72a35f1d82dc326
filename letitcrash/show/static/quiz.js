// Closing questions: one at a time, marked on the page, with the reason after each answer.

import { keep, recall } from "./store.js";

/** Runs the quiz in `root`; answers are kept under `key`. */
export function makeQuiz(root, key) {
  const forms = [...root.querySelectorAll("form")];
  const score = root.querySelector(".lic-score");
  const again = root.querySelector(".lic-again");
  const kept = recall(key);
  const answers = Array.isArray(kept) && kept.length === forms.length ? kept : forms.map(() => null);

  function mark(form, chosen) {
    const right = Number(form.dataset.right);
    const options = [...form.querySelectorAll("label")];
    const good = chosen === right;
    form.classList.toggle("lic-right", good);
    form.classList.toggle("lic-wrong", !good);
    form.querySelector(".lic-mark").textContent = good ? "✓ Right." : `✗ No. The answer is: ${options[right].textContent}.`;
    form.querySelector(".lic-because").hidden = false;
  }

  function clear(form) {
    form.reset();
    form.classList.remove("lic-right", "lic-wrong");
    form.querySelector(".lic-mark").textContent = "";
    form.querySelector(".lic-because").hidden = true;
  }

  function tally(trouble = "") {
    const done = answers.filter((answer) => answer !== null).length;
    const right = answers.filter((answer, index) => answer === Number(forms[index].dataset.right)).length;
    again.hidden = !done;
    const left = forms.length - done;
    score.textContent = done ? `${right} of ${done} right${left ? `, ${left} to go` : ""}. ${trouble}` : "";
  }

  forms.forEach((form, index) => {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const entry = new FormData(form).get("answer");
      if (entry === null) {
        form.querySelector(".lic-mark").textContent = "Choose an answer first.";
        return;
      }
      answers[index] = Number(entry);
      mark(form, answers[index]);
      tally(keep(key, answers));
    });
    const before = form.elements.namedItem("answer")[answers[index] ?? -1];
    if (before) {
      before.checked = true;
      mark(form, answers[index]);
    } else answers[index] = null;
  });
  again.addEventListener("click", () => {
    forms.forEach(clear);
    answers.fill(null);
    keep(key, null);
    tally();
    forms[0].querySelector("input").focus();
  });
  tally();
}
