// The tree: who supervises whom, who lives, what waits in each mailbox; the restart window is a carton of eggs.
import { egg } from "./art.js";
import { windowAt } from "./state.js";
import { capital, esc, svg, things } from "./words.js";

const SIGN = { running: "M-4 0l3 3.4l6-7", dead: "M-4-4L4 4M4-4L-4 4", down: "M-4-4L4 4M4-4L-4 4", stopped: "M-3.4-3.4H3.4V3.4H-3.4Z", stopping: "M-4 0H4M0-4V4", failed: "M0-5V1M0 4.2V4.4", restarting: "M4-2A4.6 4.6 0 1 0 4 2M4.4-5.4V-1.4H.6", empty: "M-4 0H4", more: "M-4 0h.1M0 0h.1M4 0h.1" };
const WORD = { running: "lives", dead: "has exited", down: "is down", stopped: "was stopped", stopping: "is being stopped", failed: "cannot start", restarting: "is being restarted", empty: "has no process", more: "without a box of their own" };

/** The tree at `state`: roots with their children, each a node that can be drawn. Pure. */
export function treeOf(state, t, who) {
  const seen = new Set(), roots = [], { processes, supervisors } = state, all = Object.entries(processes);
  const supervised = new Set(Object.values(supervisors).flatMap((boss) => boss.children.map((c) => c.pid)));
  const heirs = new Map(); // who spawned whom, where no supervisor holds the child
  for (const [pid, p] of all)
    if (p.alive && !supervised.has(pid) && p.parent in processes) heirs.set(p.parent, [...(heirs.get(p.parent) ?? []), pid]);

  function node(pid, label, more = {}, depth = 0) {
    const process = processes[pid], boss = supervisors[pid], again = seen.has(pid); // in a faulty trace one may be one's own grandparent
    if (pid !== null) seen.add(pid);
    const made = { pid, label, state: process ? (process.alive ? "running" : "dead") : "empty", mail: state.mailboxes[pid]?.length ?? 0, restarts: 0, children: [], ...more };
    if (process?.alive && process.busy > t) made.busy = true;
    if (boss) Object.assign(made, {
      boss: true, strategy: boss.strategy, intensity: boss.intensity, period: boss.period, window: windowAt(boss, t), total: boss.restarts, gaveUp: boss.gave_up !== null,
    });
    if (again) return made;
    if (boss) made.children = boss.children.map((c) => node(c.pid, boss.strategy === "simple_one_for_one" && c.pid !== null ? who(c.pid) : who(c.id), {
      restarts: c.restarts, state: c.state === "running" && processes[c.pid]?.alive === false ? "dead" : c.state, restart: c.restart,
    }, depth + 1));
    if (depth < 4) for (const heir of heirs.get(pid) ?? []) if (!seen.has(heir)) made.children.push(node(heir, who(heir), { spawned: true }, depth + 1));
    return made;
  }

  const isHeir = ([pid, p]) => p.parent !== null && processes[p.parent]?.alive && heirs.get(p.parent)?.includes(pid);
  const free = all.filter(([pid, p]) => p.alive && !supervised.has(pid));
  for (const one of free) if (!isHeir(one)) roots.push(node(one[0], who(one[0])));
  for (const [pid, p] of all) if (p.alive && !seen.has(pid) && (!supervised.has(pid) || pid in supervisors)) roots.push(node(pid, who(pid)));
  const dead = all.filter(([pid, p]) => !p.alive && !seen.has(pid) && !supervised.has(pid) && !(p.parent in supervisors)).map(([pid]) => pid);
  // Those who left last stay in the picture; in a run of thousands they would drown the living.
  for (const pid of dead.slice(-6)) if (!seen.has(pid)) roots.push(node(pid, who(pid)));
  for (const pid of Object.keys(supervisors)) if (!(pid in processes) && !seen.has(pid) && !supervised.has(pid)) roots.push(node(pid, who(pid)));
  return { roots, gone: Math.max(0, dead.length - 6) };
}

/** The children that get a box: of very many the last ones, and a box that counts the others. */
function few(children) {
  const most = 24;
  if (children.length <= most) return children;
  const rest = children.length - most + 1;
  return [{ pid: null, label: `${rest} more`, state: "more", mail: 0, restarts: 0, children: [] }, ...children.slice(rest)];
}

const BOX = 116, HIGH = 44, DOWN = 34, MOST_ALONE = 48;

export class TreeView {
  static title = "Tree";
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
    const { state, t, selected, last } = moment;
    const tree = treeOf(state, t, this.context.who);
    const thin = (n) => { (n.children = few(n.children)).forEach(thin); };
    tree.roots.forEach(thin);
    const near = new Set(this.context.about(last).pids), chosen = selected?.type === "process" ? selected.id : null;
    const key = JSON.stringify([tree, [...near], chosen, selected?.pids ?? 0]);
    if (key === this.shown) return;
    this.shown = key;
    this.drawTree(tree, near, chosen, state, selected);
  }

  drawTree(tree, near, chosen, state, selected) {
    const places = new Map(), lines = [], loose = [], boxes = [], width = this.width;
    const wide = (n) => (n.children.length ? Math.max(BOX + 16, n.children.reduce((sum, c) => sum + wide(c), 0)) : BOX + 16);
    const bosses = tree.roots.filter((r) => r.boss || r.children.length), single = tree.roots.filter((r) => !bosses.includes(r)), alone = single.slice(-MOST_ALONE);
    const flat = bosses.reduce((sum, r) => sum + wide(r), 0) > width - 8;
    let y = 26;
    const put = (n, x, top) => {
      places.set(n, [x, top]);
      boxes.push(this.box(n, x, top, near, chosen, selected));
    };
    const high = (n) => HIGH + (n.boss ? 30 : 0);
    const down = (n, left, top) => {
      const w = wide(n), x = left + w / 2, below = top + high(n) + DOWN;
      put(n, x, top);
      let bottom = below - DOWN, at = left + (w - n.children.reduce((sum, c) => sum + wide(c), 0)) / 2;
      for (const c of n.children) {
        const cx = at + wide(c) / 2;
        (c.spawned ? loose : lines).push(`M${x} ${top + high(n)}V${below - DOWN / 2}H${cx}V${below}`);
        bottom = Math.max(bottom, down(c, at, below));
        at += wide(c);
      }
      return bottom;
    };
    const indent = (n, left, top) => {
      put(n, left + BOX / 2, top);
      let bottom = top + high(n);
      for (const c of n.children) {
        const next = bottom + 12;
        (c.spawned ? loose : lines).push(`M${left + 10} ${top + high(n)}V${next + HIGH / 2}H${left + 26}`);
        bottom = indent(c, left + 26, next);
      }
      return bottom;
    };
    if (flat) for (const r of bosses) y = indent(r, 10, y) + 16;
    else {
      let left = Math.max(4, (width - bosses.reduce((sum, r) => sum + wide(r), 0)) / 2), bottom = y;
      for (const r of bosses) {
        bottom = Math.max(bottom, down(r, left, y));
        left += wide(r);
      }
      y = bosses.length ? bottom + 20 : y;
    }
    if (alone.length) {
      const perRow = Math.max(1, Math.floor((width - 8) / (BOX + 12)));
      if (bosses.length) boxes.push(`<text class="small" x="10" y="${y + 4}">nobody supervises</text>`);
      y += bosses.length ? 14 : 0;
      alone.forEach((n, i) => put(n, 10 + BOX / 2 + (i % perRow) * (BOX + 12), y + Math.floor(i / perRow) * (HIGH + 18)));
      y += Math.ceil(alone.length / perRow) * (HIGH + 18);
    }
    const byPid = new Map([...places.keys()].filter((n) => n.pid !== null).map((n) => [n.pid, n]));
    const links = state.links.filter(([a, b]) => byPid.has(a) && byPid.has(b) && !byPid.get(a).children.includes(byPid.get(b)) && !byPid.get(b).children.includes(byPid.get(a))).map(([a, b]) => {
      const [ax, ay] = places.get(byPid.get(a)), [bx, by] = places.get(byPid.get(b)), dip = 14 + Math.abs(ax - bx) / 12;
      return `<path class="link" data-link="${esc(a)} ${esc(b)}" d="M${ax} ${ay + HIGH}C${ax} ${ay + HIGH + dip} ${bx} ${by + HIGH + dip} ${bx} ${by + HIGH}"/>`;
    });
    this.most = Math.max(this.most, y + 14);
    const room = `0 0 ${width} ${this.most}`;
    if (room !== this.roomy) {
      this.svg.setAttribute("viewBox", (this.roomy = room));
      this.svg.style.height = `${this.most}px`;
    }
    this.put([`<path class="branch" d="${lines.join("")}"/>`, `<path class="branch loose" d="${loose.join("")}"/>`, `<g>${links.join("")}</g>`, ...boxes]);
    const all = [...places.keys()], living = all.filter((n) => n.pid !== null && n.state !== "dead" && n.state !== "down").length;
    const full = all.filter((n) => n.boss && n.window.length);
    const words = `${capital(things(living, "process lives", "processes live"))}, ${things(all.reduce((sum, n) => sum + n.mail, 0), "message waits", "messages wait")}` +
      `${state.links.length ? `, ${things(state.links.length, "link", "links")}` : ""}.` +
      full.map((n) => ` ${n.label}: ${n.window.length} of ${n.intensity} restarts in its window of ${n.period} s.`).join("") +
      (single.length > alone.length ? ` ${single.length - alone.length} more that stand alone are not drawn.` : "") + all.filter((n) => n.gaveUp).map((n) => ` ${n.label} has given up.`).join("") + (tree.gone ? ` ${tree.gone} more have left.` : "");
    this.context.tell(this, words);
  }

  /** Replace only what has changed. */
  put(parts) {
    const { svg: picture, parts: before = [] } = this;
    if (parts.length !== before.length) picture.innerHTML = parts.join("");
    else parts.forEach((part, i) => { if (part !== before[i]) picture.children[i].replaceWith(svg(part)); });
    this.parts = parts;
  }

  box(n, x, top, near, chosen, selected) {
    const left = -BOX / 2, marked = n.pid !== null && near.has(n.pid), sign = SIGN[n.state] ?? SIGN.empty;
    const most = n.restarts ? 9 : 12, label = n.label.length > most ? `${n.label.slice(0, most - 1)}…` : n.label;
    const note = n.boss ? String(n.strategy ?? "").replaceAll("_", " ") : n.busy ? "busy" : n.state === "running" ? (n.restart ?? "") : WORD[n.state];
    const flag = [n.boss ? "boss" : "", n.state, marked ? "now" : "", n.pid !== null && (n.pid === chosen || selected?.pids?.includes(n.pid)) ? "chosen" : ""].join(" ");
    const tally = n.restarts ? `<g class="tally" transform="translate(${left + BOX - 6} 18)"><title>${things(n.restarts, "restart", "restarts")}</title><text text-anchor="end">↻${n.restarts}</text></g>` : "";
    const mail = n.mail ? `<g class="mail" transform="translate(${left + BOX - 3} 0)"><path d="M-13-8H7V6H-13ZM-13-8L-3 0L7-8"/><text x="-3" y="-11">${n.mail}</text></g>` : "";
    return `<g class="node ${flag}" data-pid="${esc(n.pid ?? "")}" data-state="${n.state}" data-restarts="${n.restarts}" data-mail="${n.mail}"` +
      (n.boss ? ` data-boss="${n.gaveUp ? "gave up" : "watching"}" data-eggs="${n.window.join(" ")}" data-total="${n.total}"` : "") +
      ` transform="translate(${x.toFixed(1)} ${top.toFixed(1)})"><title>${esc(`${n.label} ${WORD[n.state] ?? ""}`)}</title>` +
      (n.boss ? `<rect class="outer" x="${left - 4}" y="-4" width="${BOX + 8}" height="${HIGH + 8}" rx="9"/>` : "") +
      `<rect class="body" x="${left}" width="${BOX}" height="${HIGH}" rx="6"/><path class="sign-mark" transform="translate(${left + 13} 14)" d="${sign}"/>` +
      `<text class="name" x="${left + 24}" y="18">${esc(label)}</text><text class="small" x="${left + 9}" y="34">${esc(note)}</text>${tally}${mail}` +
      (n.boss ? this.carton(n) : "") + "</g>";
  }

  /** As many places as restarts are allowed; each restart puts an egg in, `period` seconds later it is out. One egg too many breaks. */
  carton(n) {
    const room = Math.min(n.intensity ?? 0, 8), cups = Math.max(1, room), cup = Math.min(17, (BOX - 4) / cups), w = cups * cup, eggs = [];
    const over = n.gaveUp || n.window.length > (n.intensity ?? 0);
    n.window.slice(0, cups).forEach((at, i) => eggs.push(`<g transform="translate(${(-w / 2 + (i + 0.5) * cup).toFixed(1)} ${HIGH + 19}) scale(${(cup / 17).toFixed(2)})">${egg()}</g>`));
    const broken = over ? `<g transform="translate(${w / 2 + 11} ${HIGH + 27})">${egg(false)}</g>` : "";
    const many = room ? `<text class="small" x="${w / 2 + (over ? 22 : 8)}" y="${HIGH + 27}">${n.window.length}/${n.intensity} in ${n.period} s</text>` : "";
    for (let i = n.window.length; i < room; i++) eggs.push(`<path class="cup" transform="translate(${(-w / 2 + (i + 0.5) * cup).toFixed(1)} ${HIGH + 19}) scale(${(cup / 17).toFixed(2)})" d="M-5 0C-6-6-3-12 0-12S6-6 5 0"/>`);
    const tray = `M${-w / 2 - 3} ${HIGH + 17}H${w / 2 + 3}L${w / 2} ${HIGH + 28}H${-w / 2}Z`;
    return eggs.join("") + `<path class="carton" d="${tray}"/>` + (room === 0 && !n.window.length ? `<text class="small" text-anchor="middle" y="${HIGH + 27}">no restart</text>` : "") + broken + many;
  }
}
