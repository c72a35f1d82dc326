// The empty store on its sheets of paper: what is painted once, and named places for what changes.
import { awning, clock, lamp, shelf } from "./wall_shapes.js";

/** The HTML of the scene for a plan; what changes has a place with data-layer. */
export function sceneOf(p, shift) {
  const { width, height, wall, scale: s, small } = p, { pane, clock: dial, shelf: shelves, butcher: corner, board: slate } = p.hung;
  const size = `viewBox="0 0 ${width} ${height}" width="${width}" height="${height}"`;
  const people = (name) => `<div class="lic-people" data-layer="${name}"></div>`, sheet = (name) => `<svg ${size} data-layer="${name}"></svg>`;
  // A part that changes often has a small sheet of its own, or the whole wall would be painted again.
  const slip = (name, x, y, w, h, inside = "", k = 1) => `<svg class="slip" data-layer="${name}" viewBox="-4 -4 ${w + 8} ${h + 8}" width="${(w + 8) * k}" height="${(h + 8) * k}" style="transform:translate(${Math.round(x - 4 * k)}px,${Math.round(y - 4 * k)}px)">${inside}</svg>`;
  let sheets = slip("door", p.hung.door.x, p.hung.door.y, 34, 80, "", p.hung.door.k) + (slate ? slip("board", slate.x, slate.y, slate.w, slate.h) : "") + `<svg class="slip clock" viewBox="${-dial.r - 4} ${-dial.r - 4} ${2 * dial.r + 8} ${2 * dial.r + 8}" width="${2 * dial.r + 8}" height="${2 * dial.r + 8}" style="transform:translate(${Math.round(dial.x - dial.r - 4)}px,${Math.round(dial.y - dial.r - 4)}px)">${clock(dial.r)}</svg>` + people("hall");
  for (let row = 0; row < p.rows; row++) sheets += sheet(`back${row}`) + people(`line${row}`) + people(`at${row}`) + sheet(`front${row}`);
  const frame = `M${pane.x} ${pane.y}h${pane.w}v${pane.h}h${-pane.w}ZM${pane.x + pane.w / 2} ${pane.y}v${pane.h}M${pane.x - 5} ${pane.y + pane.h}h${pane.w + 10}`;
  const named = (name, x, y) => `<g data-layer="${name}" transform="translate(${x} ${y})"></g>`;
  return `<svg class="lic-backdrop" ${size}><rect class="wall" width="${width}" height="${wall}"/><path class="stripes" d="${stripes(p)}"/><rect class="dado" y="${wall - 24}" width="${width}" height="24"/>` +
    `<rect class="floor" y="${wall}" width="${width}" height="${height - wall}"/><path class="checks" d="${checks(p)}"/><g data-layer="light"></g><path class="skirting" d="M0 ${wall}H${width}"/>` +
    `<svg x="${pane.x}" y="${pane.y}" width="${pane.w}" height="${pane.h}" data-layer="sky"></svg><path class="ln frame" d="${frame}"/>` +
    `<g transform="translate(${shelves.x} ${shelves.y})">${shelf(shelves.w, shelves.h)}</g>` + named("shelf", shelves.x, shelves.y) +
    named("butcher", corner.x, corner.y) + (small ? "" : `<text class="sign" x="${corner.x + corner.w / 2}" y="${corner.y + 7}">BUTCHER</text>`) +
    `<path class="tape" d="${tape(p, shift)}"/><g data-layer="lamps"></g>${awning(width)}</svg>${sheets}${sheet("notes")}`;
}

/** Paper on the wall: stripes. */
function stripes({ width, wall }) {
  let d = "";
  for (let x = 6; x < width; x += 24) d += `M${x} 14h9V${wall - 24}h-9Z`;
  return d;
}

/** The floor's dark tiles, smaller where they are farther away. */
function checks({ width, height, wall }) {
  const middle = width / 2, rows = [wall];
  for (let h = 9; rows.at(-1) < height; h *= 1.17) rows.push(rows.at(-1) + h);
  const x = (i, y) => (middle + i * 34 * (1 + (y - wall) / 320)).toFixed(1), most = Math.ceil(middle / 34) + 1;
  let d = "";
  for (let r = 0; r + 1 < rows.length; r++) for (let i = -most; i < most; i++)
    if ((i + r) % 2 === 0) d += `M${x(i, rows[r])} ${rows[r].toFixed(1)}H${x(i + 1, rows[r])}L${x(i + 1, rows[r + 1])} ${rows[r + 1].toFixed(1)}H${x(i, rows[r + 1])}Z`;
  return d;
}

/** Tape on the floor that shows customers their places. */
function tape({ apart, spots, scale: s, room, depth, lanes, lane, wall, width }, shift) {
  if (!apart) return [...Array(lanes).keys()].map((row) => `M12 ${wall + 17 + (lanes - row) * lane}H${width - 12}`).join("");
  return Object.values(spots).map((at) => {
    const x = at.x + shift(at.w) * s, far = at.y - 40 * s - (room - 0.4) * depth;
    return `M${x - 15 * s} ${at.y - 34 * s}V${far}M${x + 17 * s} ${at.y - 34 * s}V${far}`;
  }).join("");
}

/** The lamps between the things on the wall, and the light of the window on the floor. */
export function lampsOf({ small, hung: { shelf } }, lit) {
  return (small ? [0.5] : [0.22, 0.78]).map((share) => lamp(shelf.x + shelf.w * share, small ? 34 : 40, lit)).join("");
}
/** The sun on the floor below the window: it wanders as the day goes. */
export function lightOf({ wall, hung: { pane } }, hour, bright) {
  if (hour === null || bright < 0.05) return "";
  const lean = (hour - 12.5) * -14, near = wall + 6, far = wall + 74;
  return `<path class="sunlight" opacity="${(bright * 0.5).toFixed(2)}" d="M${pane.x + lean * 0.3} ${near}h${pane.w}L${pane.x + pane.w * 1.15 + lean} ${far}h${-pane.w * 1.2}Z"/>`;
}

