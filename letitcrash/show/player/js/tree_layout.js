// A place on the paper for each node of a tree: side by side where there is room, one below the other where not.

/** Boxes: what a supervisor needs for its window, and a worker for its name. */
export const sizeOf = (n) => (n.boss ? { w: 160, h: 92 } : { w: 118, h: 44 });
const GAP = 20, DOWN = 38, STEP = 24, ROW = 26, MOST_ALONE = 48;

/** The layout: places (node -> its middle and its top), the lines between them, and how high all of it is. */
export function lay(roots, width) {
  const families = roots.filter((r) => r.boss || r.children.length), single = roots.filter((r) => !families.includes(r)), alone = single.slice(-MOST_ALONE);
  const paper = { width, places: new Map(), lines: [], falls: [], notes: [], unseen: single.length - alone.length, high: 18 };
  const sum = families.reduce((all, r) => all + wide(r), 0);
  if (sum > width - 8) for (const r of families) paper.high = indent(paper, r, 6, paper.high) + 18;
  else if (families.length) {
    let left = Math.max(4, (width - sum) / 2), bottom = 0;
    for (const r of families) {
      bottom = Math.max(bottom, hang(paper, r, left, 18));
      left += wide(r);
    }
    paper.high = bottom + 20;
  }
  if (alone.length) {
    const { w, h } = sizeOf(alone[0]), row = Math.max(1, Math.floor((width - 8) / (w + 12)));
    if (families.length) paper.notes.push(`<text class="small" x="10" y="${paper.high + 4}">nobody supervises</text>`);
    paper.high += families.length ? 14 : 6;
    alone.forEach((n, i) => paper.places.set(n, [10 + w / 2 + (i % row) * (w + 12), paper.high + Math.floor(i / row) * (h + 18)]));
    paper.high += Math.ceil(alone.length / row) * (h + 18);
  }
  return paper;
}

const wide = (n) => Math.max(sizeOf(n).w + GAP, n.children.reduce((sum, c) => sum + wide(c), 0));
/** Whoever gives up tells the one above: the line is drawn towards it, with a head. */
const kind = (c) => (c.gaveUp ? "gives-up" : c.spawned ? "loose" : "branch");

/** Children side by side below their supervisor; gives the bottom. */
function hang(paper, n, left, top) {
  const w = wide(n), x = left + w / 2, foot = top + sizeOf(n).h, below = foot + DOWN, rail = below - DOWN / 2;
  paper.places.set(n, [x, top]);
  let bottom = foot, at = left + (w - n.children.reduce((sum, c) => sum + wide(c), 0)) / 2, before = null;
  for (const c of n.children) {
    const cx = at + wide(c) / 2, half = sizeOf(c).w / 2 + (c.boss ? 5 : 0);
    paper.lines.push({ kind: kind(c), d: c.gaveUp ? `M${cx} ${below - 4}V${rail}H${x}V${foot + 6}M${x - 5} ${foot + 13}L${x} ${foot + 6}L${x + 5} ${foot + 13}` : `M${x} ${foot}V${rail}H${cx}V${below}` });
    if (before) fall(paper, n, before.node, c, [before.edge + 2, below + 12], [cx - half - 2, below + 12]);
    bottom = Math.max(bottom, hang(paper, c, at, below));
    before = { node: c, edge: cx + half };
    at += wide(c);
  }
  return bottom;
}

/** Children further in and below, those without children of their own in rows; gives the bottom. */
function indent(paper, n, left, top) {
  const { w, h } = sizeOf(n), foot = top + h, rail = left + 8, edge = left + STEP;
  paper.places.set(n, [left + w / 2, top]);
  let bottom = foot, at = null, before = null; // at: where the next in this row would begin
  for (const c of n.children) {
    const size = sizeOf(c), leaf = !c.boss && !c.children.length, joins = leaf && at !== null && at + size.w <= paper.width - 6;
    const x = joins ? at : edge, next = joins ? before.top : bottom + ROW, middle = x + size.w / 2;
    if (c.gaveUp) paper.lines.push({ kind: kind(c), d: `M${edge - 4} ${next + 22}H${rail}V${foot + 6}M${rail - 5} ${foot + 13}L${rail} ${foot + 6}L${rail + 5} ${foot + 13}` });
    else paper.lines.push({ kind: kind(c), d: leaf ? `M${rail} ${foot}V${next - 8}H${middle}V${next}` : `M${rail} ${foot}V${next + 22}H${edge}` });
    if (before) fall(paper, n, before.node, c, ...(joins ? [[before.right + 2, next + 12], [x - 2, next + 12]] : [[edge - 7, before.top + 28], [edge - 7, next + 16]]));
    if (joins) paper.places.set(c, [middle, next]);
    else bottom = indent(paper, c, x, next);
    at = leaf ? x + size.w + GAP : null;
    before = { node: c, right: x + size.w, top: next };
  }
  return bottom;
}

/** The children that fall together: an arrow to the next in order (rest_for_one), or both ways (one_for_all). */
function fall(paper, boss, one, other, [ax, ay], [bx, by]) {
  if (boss.strategy !== "rest_for_one" && boss.strategy !== "one_for_all") return;
  const head = (x, y, side) => (ay === by ? `M${x - 5 * side} ${y - 4}L${x} ${y}L${x - 5 * side} ${y + 4}` : `M${x - 4} ${y - 5 * side}L${x} ${y}L${x + 4} ${y - 5 * side}`);
  paper.falls.push({ one, other, d: `M${ax} ${ay}L${bx} ${by}${head(bx, by, 1)}${boss.strategy === "one_for_all" ? head(ax, ay, -1) : ""}` });
}
