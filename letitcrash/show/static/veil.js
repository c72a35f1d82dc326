// The text after a bet mostly begins with its result: veiled until the bet is placed or skipped.

const ENDS = ".cell, section, h1, h2, h3, h4, h5, h6"; // the end of the text after a bet

/**
 * The veil over the text that follows the bet in `root`, up to the next code or heading. `draw()` hides the text,
 * `lift()` shows it; `skip()` is called when the reader reads on without a bet. Found by structure: no mark in the text.
 */
export function makeVeil(root, skip) {
  const cell = root.closest(".jp-Cell");
  if (cell) return overCells(cell);
  const text = textAfter(root.closest(".cell"));
  return text.length ? overText(text, skip) : { draw() {}, lift() {} };
}

function textAfter(cell) {
  const text = [];
  for (let next = cell?.nextElementSibling; next && !next.matches(ENDS); next = next.nextElementSibling) text.push(next);
  return text;
}

/** On a page: hidden "until-found", so that the browser's search, links and print still reach it. */
function overText(text, skip) {
  const note = document.createElement("p");
  const words = document.createElement("span");
  const button = document.createElement("button");
  const veil = document.createElement("div");
  note.className = "lic-veil-note";
  words.textContent = "The next lines give the result away, so they wait for your bet.";
  Object.assign(button, { type: "button", textContent: "Read on without one" });
  note.append(words, " ", button);
  Object.assign(veil, { className: "lic-veil", tabIndex: -1 });
  text[0].before(note, veil);
  veil.append(...text);
  const lift = () => {
    veil.removeAttribute("hidden");
    note.hidden = true;
  };
  const draw = () => {
    veil.setAttribute("hidden", "until-found");
    note.hidden = false;
  };
  veil.addEventListener("beforematch", lift); // the browser found a word in it
  button.addEventListener("click", () => {
    skip();
    veil.focus({ preventScroll: true });
  });
  lift();
  return { draw, lift };
}

/** In JupyterLab: its Markdown cells are marked, and the style sheet hides their text as far as the first heading. */
function overCells(cell) {
  const following = () => {
    const cells = [];
    for (let next = cell.nextElementSibling; next?.matches(".jp-MarkdownCell"); next = next.nextElementSibling) {
      cells.push(next);
      if (next.querySelector("h1, h2, h3, h4, h5, h6")) break;
    }
    return cells;
  };
  return {
    draw: () => following().forEach((each) => each.classList.add("lic-veiled")),
    lift: () => following().forEach((each) => each.classList.remove("lic-veiled")),
  };
}
