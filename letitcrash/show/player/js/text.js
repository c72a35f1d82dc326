// Text for pictures and sentences.

/** Text made safe for markup. */
export const esc = (text) => String(text).replace(/[&<>"]/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[c]);

/** An SVG element from its source. */
export function svg(source) {
  const holder = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  holder.innerHTML = source;
  return holder.firstChild;
}

/** "1 till", "2 tills", "no tills"; `many` is needed where it is not `one` with an s. */
export const things = (count, one, many = `${one}s`) => `${count === 0 ? "no" : count} ${count === 1 ? one : many}`;

/** The text with a capital at its beginning. */
export const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

/** A function that writes virtual seconds: "3.25 s" in a short run, "1:02:03" in a long one, the time of day if `openingHour` is its hour. */
export function clockFace(span, openingHour = null) {
  const two = (number) => String(number).padStart(2, "0");
  if (openingHour === null && span < 600) {
    const digits = span === 0 ? 1 : Math.max(0, Math.min(3, 3 - Math.floor(Math.log10(span))));
    return (at) => `${(Math.floor(at * 10 ** digits + 1e-6) / 10 ** digits).toFixed(digits)} s`;
  }
  const shift = (openingHour ?? 0) * 3600;
  return (at) => {
    const seconds = Math.floor(at + shift + 1e-6), hour = Math.floor(seconds / 3600);
    return `${openingHour === null ? hour : two(hour % 24)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  };
}

/** Any value of a trace as text: a text as it is, all else as Python writes it. */
export const plain = (value) => (typeof value === "string" ? value : repr(value));
function repr(value) {
  if (Array.isArray(value)) return `(${value.map(repr).join(", ")}${value.length === 1 ? "," : ""})`;
  if (typeof value === "string") return /^<\w+\.\d+ .*>$|^[A-Z]\w*\(.*\)$/.test(value) ? value : `'${value}'`;
  return value === null || value === undefined ? "None" : value === true ? "True" : value === false ? "False" : JSON.stringify(value);
}

/** The text, its end cut off with a sign if it is longer than `most`. */
export const cut = (text, most = 90) => (text.length > most ? `${text.slice(0, most - 1)}…` : text);

/** True of the reason of a process that has finished its work. */
export const isClean = (reason) => reason === "normal" || reason === "shutdown" || (Array.isArray(reason) && reason[0] === "shutdown");
