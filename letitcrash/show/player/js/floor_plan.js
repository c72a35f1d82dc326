// The plan of the store: how large it is, where the tills are, and where each customer of a line stands.

const BY_NUMBER = (a, b) => a - b || (a < b ? -1 : a > b ? 1 : 0);
/** A till's foot, at its full width, and the room it needs above. */
const TILL = { wide: 88, high: 94 };

/** The plan for `width` pixels. The height follows from the tills and the longest line of the run. */
export function plan(width, facts, perTill) {
  const labels = [...facts.tills].sort(BY_NUMBER), T = Math.max(1, labels.length), small = width < 520, inner = width - 20;
  const scale = small ? 0.86 : Math.max(1.04, Math.min(1.22, inner / T / 110)), s = scale, wall = small ? 118 : 150;
  const perRow = Math.max(1, Math.min(T, Math.floor(inner / (50 * s)))), rows = Math.ceil(T / perRow), column = Math.min(inner / perRow, 164);
  const apart = !labels.length || perTill, depth = 17 * s, lane = 50 * s;
  const room = apart ? Math.max(2, Math.min(facts.longest, 9)) : Math.max(1, Math.floor((inner - 10) / (31 * s)));
  const lanes = apart || !facts.customers ? 0 : Math.max(1, Math.min(Math.ceil(facts.longest / room), small ? 4 : 3)), hall = apart ? 12 : 16 + lanes * lane;
  const block = apart ? 50 * s + room * depth + 58 * s : TILL.high * s, spots = {};
  labels.forEach((label, i) => {
    const row = Math.floor(i / perRow), inRow = Math.min(perRow, T - row * perRow), w = Math.min(column - 8, TILL.wide * s) / s;
    spots[label] = { x: width / 2 + (i % perRow - (inRow - 1) / 2) * column, y: wall + hall + (row + 1) * block, row, w };
  });
  const made = { width, height: Math.ceil(wall + hall + rows * block + 30), small, wall, scale, labels, spots, rows, apart, room, lanes, lane, depth, hall };
  return Object.assign(made, { entry: [small ? 28 : 46, wall + 8], hung: along(made, facts) });
}

/** The place of customer number `rank` of `line`: [x, y, layer]; null where the line is longer than the room. */
export function standAt({ apart, spots, room, lanes, lane, depth, scale, wall, width }, line, rank, shift) {
  const at = apart && spots[line];
  if (at) return rank < room ? [at.x + shift(at.w) * scale, at.y - 40 * scale - rank * depth, `line${at.row}`] : null;
  const row = Math.floor(rank / room);
  if (row >= lanes) return null;
  const along = rank % room, x = row % 2 ? along : room - 1 - along;
  return [10 + (x + 0.5) * ((width - 20) / room), wall + 12 + (lanes - row) * lane, "hall"];
}

/** The things on the wall, from the door to the butcher: {door, pane, clock, board, shelf, butcher}, each {x, y, w, h}. */
function along({ width, wall, small }, facts) {
  const k = small ? 0.8 : 1.1, gap = small ? 8 : 16, top = 36, h = wall - top - 8, door = { x: small ? 12 : 26, y: wall - 76 * k, k };
  let x = door.x + 34 * k + gap;
  const board = small || facts.slate === false ? null : { w: 112, h: 8 + 13.4 * ((facts.customers ? 2 : 0) + (facts.system ? 2 : 0)) }, wide = width - x - gap - (board ? board.w + gap : 0), share = small ? [0.31, 0.36, 0.33] : [0.28, 0.4, 0.32];
  const [pw, sw, bw] = share.map((part) => Math.min(part * (wide - 2 * gap), small ? 150 : 300));
  const pane = { x, y: top - 2, w: pw, h: h * 0.78 };
  x += pw + gap;
  const clock = !board ? { x: door.x + 17 * k, y: 33, r: 10 } : { x: x + board.w / 2, y: top + 13, r: 17 };
  if (board) {
    Object.assign(board, { x, y: top + 40 });
    x += board.w + gap;
  }
  const butcher = { x: width - gap - bw, y: top - 4, w: bw, h: h + 12 };
  return { door, pane, clock, board, shelf: { x, y: top + 6, w: Math.min(butcher.x - gap - x, sw + 40), h: h - 8 }, butcher };
}
