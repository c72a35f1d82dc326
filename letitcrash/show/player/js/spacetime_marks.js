// The strokes of a space-time diagram, on a grid of lanes and columns.
import { cut, isClean } from "./text.js";

/** The mark of one process at column `x`: it is born, busy, restarted, gives up, exits, or does something else. */
export function markOf(e, x, grid) {
  const { laneY } = grid, y = laneY.get(e.pid ?? e.supervisor);
  if (y === undefined) return "";
  if (e.kind === "Exited") return cross(x, y, isClean(e.reason));
  if (grid.step < 3) return "";
  if (e.kind === "Spawned") return `<circle class="born" cx="${x}" cy="${y}" r="4.5"/>` + (laneY.has(e.parent) ? `<path class="birth" d="M${x} ${laneY.get(e.parent)}V${y + Math.sign(laneY.get(e.parent) - y) * 5}"/>` : "");
  if (e.kind === "Slept") return `<path class="busy" d="M${x} ${y}H${Math.min(grid.width, grid.x(grid.columnAt(e.until)) - grid.step / 2)}"/>`;
  if (e.kind === "Restarted") return `<g class="again" transform="translate(${x} ${y})"><circle r="6.5"/><text y="4">↻</text></g>`;
  if (e.kind === "GaveUp") return `<g class="again over" transform="translate(${x} ${y})"><path d="M-7 5L0-8L7 5Z"/><text y="4">!</text></g>`;
  return `<circle class="event" cx="${x}" cy="${y}" r="2"/>`;
}

function cross(x, y, clean) {
  return `<path class="exit${clean ? " clean" : ""}" d="${clean ? `M${x} ${y - 7}V${y + 7}` : `M${x - 5} ${y - 5}L${x + 5} ${y + 5}M${x + 5} ${y - 5}L${x - 5} ${y + 5}`}"/>`;
}

/** The arrow of message `msg` between the events `first` and `final`, and the line of dots while it waits in a mailbox. */
export function arrow(msg, number, first, final, grid) {
  const { laneY, messages: m, right } = grid, col = (p) => m.columnOf[p];
  const y1 = laneY.get(msg.from), y2 = laneY.get(msg.to) ?? (y1 === undefined ? undefined : y1 - grid.high * 0.62);
  const crosses = msg.departed != null && msg.at > msg.departed, x1 = grid.x(col(crosses ? msg.departed : msg.at)), x2 = crosses ? Math.max(x1, grid.x(col(msg.at))) : x1 + Math.min(grid.step * 0.8, 12), parts = [];
  if (msg.at >= first && y1 !== undefined && y2 !== undefined) {
    if (y1 === y2) parts.push(`M${x1} ${y1}C${x1 - 2} ${y1 - 18} ${x2 + 3} ${y1 - 18} ${x2} ${y1 - 3}`);
    else {
      const k = msg.lost ? 0.7 : 1, ex = x1 + (x2 - x1) * k, ey = y1 + (y2 - y1) * k - (msg.lost ? 0 : Math.sign(y2 - y1) * 2);
      parts.push(`M${x1.toFixed(1)} ${y1}L${ex.toFixed(1)} ${ey.toFixed(1)}`);
      const a = Math.atan2(ey - y1, ex - x1), tip = (turn) => `${(ex - 8 * Math.cos(a + turn)).toFixed(1)} ${(ey - 8 * Math.sin(a + turn)).toFixed(1)}`;
      parts.push(msg.lost ? `M${ex - 5} ${ey - 5}L${ex + 5} ${ey + 5}M${ex + 5} ${ey - 5}L${ex - 5} ${ey + 5}` : `M${tip(0.45)}L${ex.toFixed(1)} ${ey.toFixed(1)}L${tip(-0.45)}`);
    }
  }
  const waits = !msg.lost && y2 !== undefined && msg.taken !== msg.at && laneY.has(msg.to);
  const from = msg.at >= first ? x2 : grid.left, end = msg.taken ?? m.lives.get(msg.to)?.to ?? null, to = end === null || end > final ? right : grid.x(col(end));
  const wait = waits && to > from ? `<path class="wait" d="M${from.toFixed(1)} ${y2 - 6}H${to.toFixed(1)}${msg.taken !== null && msg.taken <= final ? "v6" : ""}"/>` : "";
  const d = parts.join("");
  return `<g data-message="${number}" data-at="${msg.at}" class="message${msg.lost ? " lost" : ""}${msg.signal ? " signal" : ""}"><path class="reach" d="${d}"/><path class="arrow" d="${d}"/>${wait}</g>`;
}

/** The text in rows of at most `most` characters, three of them; the last one is cut off with a sign where that is not enough. */
export function wrap(text, most) {
  const rows = [];
  let rest = text;
  while (rest.length > most && rows.length < 2) {
    const space = rest.lastIndexOf(" ", most), at = space > most / 2 ? space : most;
    rows.push(rest.slice(0, at));
    rest = rest.slice(at).trimStart();
  }
  return [...rows, cut(rest, most)];
}

/** The node of a process, read from its pid: "south" of "<south/2.7 shelf>". */
export const nodeOf = (pid) => /^<([^<>\s/]+?)(?:\/\d+)?\.\d+ /.exec(pid ?? "")?.[1] ?? null;

const CONDITIONS = { NodeStarted: "up", NodeThawed: "up", NodeFroze: "frozen", NodeCrashed: "crashed" };
/** The bands in which `node` stands still or is gone, and what it noticed of others, from its own events at `positions`. */
export function nodeMarks(node, positions, events, { top, bottom, y }, grid) {
  const parts = [], x = (p) => Math.max(grid.left, Math.min(grid.right, grid.x(grid.messages.columnOf[p])));
  let condition = "up", since = null;
  const close = (to) => {
    if (condition !== "up" && to > since) parts.push(`<rect class="band ${condition}" data-band="${condition}" x="${since.toFixed(1)}" y="${top}" width="${(to - since).toFixed(1)}" height="${bottom - top}"/>`);
  };
  for (const p of positions) {
    const e = events[p], next = CONDITIONS[e.kind], at = x(p), shows = at > grid.left && at < grid.right;
    if (next) {
      close(at);
      [condition, since] = [next, at];
    }
    const word = { NodeFroze: "frozen", NodeThawed: "thawed", NodeCrashed: "crashed", NodeDown: `lost ${e.of}`, NodeUp: e.at > 0 ? `sees ${e.of}` : "", NodeStarted: e.incarnation > 1 ? "started" : "" }[e.kind];
    if (word && shows) parts.push(`<g class="node-event ${e.kind}" data-node-event="${e.kind}"><path d="M${at.toFixed(1)} ${top + 2}V${bottom - 2}"/><text class="small" x="${(at + 3).toFixed(1)}" y="${y + 4}">${word}</text></g>`);
  }
  close(grid.right);
  return parts.join("");
}
