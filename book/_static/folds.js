// The switch that hides a chapter's code, kept in this browser; and optional sections, open on paper and when linked to.

const KEY = "letitcrash/code";
const page = document.documentElement;

/** A line in the place of folded code: the first line of it, which opens this cell alone. */
function makeLine(input) {
  const cell = input.parentElement;
  const line = document.createElement("button");
  const first = input.textContent.split("\n").find((text) => text.trim() && !text.trim().startsWith("@")) ?? "";
  const code = document.createElement("code");
  code.textContent = first.trim();
  line.append("Code: ", code);
  Object.assign(line, { type: "button", className: "lic-code-line" });
  line.setAttribute("aria-expanded", false);
  line.addEventListener("click", () => {
    const open = cell.classList.toggle("lic-code-open");
    line.setAttribute("aria-expanded", open);
  });
  input.before(line);
}

function isHidden() {
  return page.dataset.licCode === "hidden";
}

function turn(button, hidden) {
  if (hidden) page.dataset.licCode = "hidden";
  else delete page.dataset.licCode;
  button.setAttribute("aria-pressed", hidden);
  try {
    localStorage.setItem(KEY, hidden ? "hidden" : "shown");
  } catch {
    // private mode: the switch holds for this page alone
  }
}

const button = document.querySelector(".lic-code-switch");
if (button) {
  document.querySelectorAll(".cell > .cell_input").forEach(makeLine);
  button.setAttribute("aria-pressed", isHidden());
  button.addEventListener("click", () => turn(button, !isHidden()));
}

const optional = () => [...document.querySelectorAll("details.lic-optional")];

function openLinked() {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  target?.querySelector(":scope > details.lic-optional")?.setAttribute("open", "");
}

let folded = [];
addEventListener("hashchange", openLinked);
addEventListener("beforeprint", () => {
  folded = optional().filter((details) => !details.open);
  folded.forEach((details) => (details.open = true));
});
addEventListener("afterprint", () => folded.forEach((details) => (details.open = false)));
openLinked();
