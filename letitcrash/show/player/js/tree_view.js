// The tree: who supervises whom, who lives, who falls with whom, what waits in each mailbox, how full each window is.
import { lay, sizeOf } from "./tree_layout.js";
import { LOOKS, treeOf } from "./process_tree.js";
import { gauge } from "./restart_window.js";
import { capital, cut, esc, svg, things } from "./text.js";

const FALLING = ["stopping", "waiting", "restarting", "starting", "failed"];
const HIT = { one_for_one: [0, 1, 0, 0], rest_for_one: [0, 1, 1, 1], one_for_all: [1, 1, 1, 1], simple_one_for_one: [0, 1, 0, 0] };

export class TreeView {
  static title = "Tree";
  static legend = "✓ lives, ✕ has crashed, ↻ restarts so far. A double frame is a supervisor, its strip the restart window. An envelope counts messages that wait; a dotted line leads to a process that nobody supervises.";
  constructor(host, context) {
    this.context = context;
    this.el = host;
    this.el.innerHTML = `<svg role="img" aria-label="The tree of processes and supervisors"></svg><p class="lic-reading"></p>`;
    this.svg = this.el.firstChild;
    this.reading = this.el.lastChild;
    this.svg.addEventListener("click", (event) => {
      const g = event.target.closest("[data-pid]");
      context.select(g?.dataset.pid ? { type: "process", id: g.dataset.pid } : null);
    });
  }

  layout(width) {
    this.width = width;
    this.most = 0;
    this.shown = "";
    if (this.moment) this.draw(this.moment);
  }

  draw(moment) {
    this.moment = moment;
    if (!this.width) return;
    const { state, t, selected, last } = moment, tree = treeOf(state, t, this.context.nameOf);
    const near = new Set(this.context.near(last)), chosen = selected?.type === "process" ? selected.id : null;
    const key = JSON.stringify([tree, [...near], chosen, selected?.pids ?? 0, state.links]);
    if (key === this.shown) return;
    this.shown = key;
    const paper = lay(tree.roots, this.width), nodes = [...paper.places.keys()];
    this.most = Math.max(this.most, paper.high + 6);
    const room = `0 0 ${this.width} ${this.most}`;
    if (room !== this.roomy) {
      this.svg.setAttribute("viewBox", (this.roomy = room));
      this.svg.style.height = `${this.most}px`;
      this.context.grew();
    }
    const lines = (kind) => `<path class="branch ${kind}" d="${paper.lines.filter((line) => line.kind === kind).map((line) => line.d).join("")}"/>`;
    const falls = paper.falls.map(({ one, other, d }) => `<path class="falls${FALLING.includes(other.state) && (FALLING.includes(one.state) || one.state === "crashed") ? " now" : ""}" d="${d}"/>`);
    this.put([
      `<g>${lines("branch") + lines("loose") + lines("gives-up")}</g>`, `<g>${falls.join("")}</g>`, `<g>${this.links(paper.places, state.links)}</g>`, `<g>${paper.notes.join("")}</g>`,
      ...nodes.map((n) => this.box(n, ...paper.places.get(n), near, n.pid !== null && (n.pid === chosen || selected?.pids?.includes(n.pid)))),
    ]);
    this.context.tell(this, this.words(nodes, state, paper, tree));
  }

  /** Lines between those who are linked and are not parent and child. */
  links(places, links) {
    const byPid = new Map([...places.keys()].filter((n) => n.pid !== null).map((n) => [n.pid, n]));
    return links.map(([a, b]) => [byPid.get(a), byPid.get(b)]).filter(([a, b]) => a && b && !a.children.includes(b) && !b.children.includes(a)).map(([a, b]) => {
      const [[ax, ay], [bx, by]] = [places.get(a), places.get(b)], [af, bf] = [ay + sizeOf(a).h, by + sizeOf(b).h], dip = 14 + Math.abs(ax - bx) / 12;
      return `<path class="link" data-link="${esc(a.pid)} ${esc(b.pid)}" d="M${ax} ${af}C${ax} ${af + dip} ${bx} ${bf + dip} ${bx} ${bf}"/>`;
    }).join("");
  }

  words(nodes, state, paper, tree) {
    const living = nodes.filter((n) => n.pid !== null && state.processes[n.pid]?.alive).length;
    return `${capital(things(living, "process lives", "processes live"))}, ${things(nodes.reduce((sum, n) => sum + n.mail, 0), "message waits", "messages wait")}` +
      `${state.links.length ? `, ${things(state.links.length, "link", "links")}` : ""}.` +
      nodes.filter((n) => n.boss && n.window.length && !n.gaveUp).map((n) => ` ${n.label}: ${n.window.length} of ${n.intensity} restarts in its window of ${n.period} s.`).join("") +
      nodes.filter((n) => n.gaveUp).map((n) => ` ${n.label} has given up.`).join("") +
      (paper.unseen ? ` ${paper.unseen} more that stand alone are not drawn.` : "") + (tree.gone ? ` ${tree.gone} more have left.` : "");
  }

  /** Replace only what has changed. */
  put(parts) {
    const { svg: picture, parts: before = [] } = this;
    if (parts.length !== before.length) picture.innerHTML = parts.join("");
    else parts.forEach((part, i) => { if (part !== before[i]) picture.children[i].replaceWith(svg(part)); });
    this.parts = parts;
  }

  box(n, x, top, near, chosen) {
    const { w, h } = sizeOf(n), left = -w / 2, [sign, word] = LOOKS[n.state], marked = n.pid !== null && near.has(n.pid);
    const label = cut(n.label, Math.floor((w - (n.restarts && n.boss ? 60 : 32)) / 7)), flags = `${n.boss ? "boss " : ""}${n.state}${n.gaveUp ? " gave-up" : ""}${marked ? " now" : ""}${chosen ? " chosen" : ""}`;
    const gone = n.state === "crashed" || n.state === "left", note = gone ? n.reason ?? word : n.state === "running" ? (n.busy ? "busy" : n.restart ?? "") : n.along ? "stopped with it" : word;
    const tally = n.restarts ? `<g class="tally" transform="translate(${left + w - 7} ${n.boss ? 18 : 35})"><title>${things(n.restarts, "restart", "restarts")}</title><text text-anchor="end">↻${n.restarts}</text></g>` : "";
    const mail = n.mail ? `<g class="mail" transform="translate(${left + w - 3} 0)"><path d="M-13-8H7V6H-13ZM-13-8L-3 0L7-8"/><text x="-3" y="-11">${n.mail}</text></g>` : "";
    return `<g class="node ${flags}" data-pid="${esc(n.pid ?? "")}" data-state="${n.state}" data-restarts="${n.restarts}" data-mail="${n.mail}"` +
      (n.of ? ` data-of="${esc(n.of)}"` : "") + (n.id === undefined ? "" : ` data-id="${esc(n.id)}"`) +
      (n.boss ? ` data-boss="${n.gaveUp ? "gave up" : "watching"}" data-eggs="${n.window.join(" ")}" data-total="${n.total}"` : "") +
      ` transform="translate(${x.toFixed(1)} ${top.toFixed(1)})"><title>${esc(`${n.label} ${word}${gone ? `: ${n.reason}` : ""}`)}</title>` +
      (n.boss ? `<rect class="outer" x="${left - 4}" y="-4" width="${w + 8}" height="${h + 8}" rx="9"/>` : "") +
      `<rect class="body" x="${left}" width="${w}" height="${h}" rx="6"/><path class="sign-mark" transform="translate(${left + 14} 14)" d="${sign}"/>` +
      `<text class="name" x="${left + 25}" y="18">${esc(label)}</text>${tally}${mail}` +
      (n.boss ? `${this.strategy(n, left + 10)}<text class="small" x="${left + 50}" y="34">${esc(n.gaveUp ? "gives up" : n.state === "running" ? String(n.strategy ?? "").replaceAll("_", " ") : cut(note, 17))}</text><g transform="translate(0 42)">${gauge(n)}</g>`
        : `<text class="small" x="${left + 9}" y="35">${esc(cut(note, n.restarts ? 14 : 18))}</text>`) + "</g>";
  }

  /** Four children, the second of which crashes: those that are stopped and started with it are full. */
  strategy(n, x) {
    const hit = HIT[n.strategy];
    return hit ? `<g class="strategy" transform="translate(${x} 26)">${hit.map((full, i) => `<rect${full ? ' class="full"' : ""} x="${i * 9}" width="7" height="9" rx="1.5"/>`).join("")}<path d="M10.5 2.5l4 4m0-4l-4 4"/></g>` : "";
  }
}
