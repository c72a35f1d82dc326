// Space and time: a lane for each process, a column for each thing that happens, an arrow for each message.
import { arrow, markOf, nodeMarks, nodeOf, wrap } from "./spacetime_marks.js";
import { capital, esc, svg, things } from "./text.js";
import { lanesOf } from "./event_sentences.js";

const MOST_ARROWS = 320, MOST_LANES = 14, TOP = 34, HEADING = 24;

export class SpaceView {
  static title = "Space-time";
  static legend = "One line is one process. An arrow is a message, dashed an exit signal; dots: it waits in a mailbox; a cross: a crash, or a message that is lost; a wide bar: busy.";
  constructor(host, context) {
    this.context = context;
    this.el = host;
    this.el.innerHTML = `<svg role="img" aria-label="A lane for each process, an arrow for each message"></svg>` +
      `<div class="lic-zoom"><button type="button" data-zoom="0.5" aria-label="See more events at once">−</button><button type="button" data-zoom="2" aria-label="See fewer events, larger">+</button></div><p class="lic-reading"></p>`;
    [this.svg, this.zooms, this.reading] = this.el.children;
    this.zoom = 1;
    this.zooms.addEventListener("click", (event) => {
      const factor = Number(event.target.dataset.zoom);
      if (!factor) return;
      this.zoom = Math.max(1 / 512, Math.min(2, this.zoom * factor));
      this.window = null;
      this.draw(this.moment);
    });
    const reach = (event) => event.target.closest("[data-message]");
    this.svg.addEventListener("click", (event) => {
      const g = reach(event), lane = event.target.closest("[data-lane]");
      context.select(g ? { type: "message", id: Number(g.dataset.message) } : lane?.dataset.lane ? { type: "process", id: lane.dataset.lane } : null);
    });
    this.svg.addEventListener("pointerover", (event) => this.tell(reach(event)?.dataset.message));
    this.svg.addEventListener("pointerleave", () => this.tell(null));
  }

  layout(width) {
    this.width = width;
    this.narrow = width < 520;
    this.left = this.narrow ? 10 : 128;
    this.high = this.narrow ? 44 : 36;
    this.window = null;
    if (this.moment) this.draw(this.moment);
  }

  /** The columns to show: the page of the paper on which the present lies. */
  turn(now) {
    const m = this.context.messages(), rate = this.context.eventsPerSecond();
    const usual = this.narrow ? 20 : 17, room = this.width - this.left - 16;
    const all = m.columns.length, wanted = this.zoom * Math.min(usual, room / Math.max(1, rate * 4)), fits = this.zoom === 1 && all * wanted <= room;
    const step = fits ? room / Math.max(4, all) : Math.max(0.02, Math.min(usual * 2, wanted));
    const count = Math.max(4, Math.floor(room / step));
    let w = this.window;
    if (w && w.step === step && w.read === m.read && now >= w.from && now <= w.from + count) return w;
    const onward = w && w.step === step && now > w.from + w.count && now < w.from + w.count + Math.max(4, count / 8);
    let from = now - Math.floor(count * (onward ? 0.75 : 0.85));
    if (w && w.step === step && now >= w.from && now <= w.from + count) from = w.from;
    if (now <= count) from = 0;
    from = Math.max(0, Math.min(from, Math.max(0, all - count)));
    w = this.window = { from, count, step, read: m.read };
    this.lay(w, m);
    return w;
  }

  x(column) {
    return this.left + (column - this.window.from + 0.5) * this.window.step;
  }

  lay(w, m) {
    const { context } = this, events = context.events(), end = w.from + w.count;
    const positions = m.columns.slice(w.from, end), first = positions[0] ?? 0, final = positions.at(-1) ?? 0;
    const acts = new Map();
    let street = false;
    for (const p of positions) {
      for (const pid of lanesOf(events[p])) if (m.lives.has(pid)) acts.set(pid, (acts.get(pid) ?? 0) + 1); // an alias has no life
      if (events[p].sender === null) street = true;
    }
    let lanes = m.lanes;
    if (lanes.length > MOST_LANES) {
      const busiest = [...acts].sort((a, b) => b[1] - a[1]).slice(0, MOST_LANES).map(([pid]) => pid);
      lanes = lanes.filter((pid) => busiest.includes(pid));
    } else street = m.street;
    if (street) lanes = [null, ...lanes];
    const nodes = m.nodes.size > 1 ? [...m.nodes.keys()] : [];
    if (nodes.length) lanes = [...lanes.filter((pid) => !nodes.includes(nodeOf(pid))), ...nodes.flatMap((node) => lanes.filter((pid) => nodeOf(pid) === node))];
    this.lanes = lanes;
    this.hidden = [...acts.keys()].filter((pid) => !lanes.includes(pid)).length;
    const headings = nodes.length * HEADING;
    this.laneY = new Map();
    this.groups = []; // of a run with several nodes: {node, top, y, bottom}
    let below = TOP;
    for (const node of [null, ...nodes]) {
      const own = lanes.filter((pid) => (nodes.includes(nodeOf(pid)) ? nodeOf(pid) : null) === node), top = below;
      if (node !== null) below += HEADING;
      for (const pid of own) {
        this.laneY.set(pid, below + this.high * 0.6);
        below += this.high;
      }
      if (node !== null) this.groups.push({ node, top, y: top + HEADING * 0.55, bottom: below });
    }
    this.height = TOP + this.high * Math.max(this.height0 ?? 0, lanes.length) + headings + 26;
    if (lanes.length > (this.height0 ?? 0)) this.context.grew();
    this.height0 = Math.max(this.height0 ?? 0, lanes.length);
    const col = (p) => m.columnOf[p], right = this.width - 6;
    const ruler = [], bands = [];
    let before = null, lastX = -99;
    positions.forEach((p, i) => {
      const at = events[p].at, x = this.x(w.from + i) - w.step / 2;
      if (at === before) return;
      if (w.step > 4 || x - lastX > 74) bands.push(`M${x.toFixed(1)} ${TOP - 6}V${this.height - 6}`);
      if (x - lastX > 74 && x < right - 118) { // the buttons are at the right
        ruler.push(`<text x="${Math.max(x, this.left).toFixed(1)}" y="${TOP - 14}">${esc(context.face()(at))}</text>`);
        lastX = x;
      }
      before = at;
    });
    const rows = lanes.map((pid) => {
      const y = this.laneY.get(pid), life = m.lives.get(pid), name = pid === null ? "the street" : context.nameOf(pid);
      const a = pid === null ? this.left : Math.max(this.left, this.x(col(life.from))), b = life?.to == null ? right : Math.min(right, this.x(col(life.to)));
      const label = name.length > 17 ? `${name.slice(0, 16)}…` : name;
      return { label: `<g class="lane" data-lane="${esc(pid ?? "")}"><text class="name" x="${this.narrow ? 4 : this.left - 10}" y="${this.narrow ? y - 11 : y + 4}" text-anchor="${this.narrow ? "start" : "end"}">${esc(label)}</text></g>`,
        line: b > a ? `<path class="life" data-life="${esc(pid ?? "")}" d="M${a.toFixed(1)} ${y}H${b.toFixed(1)}"/>` : "" };
    });
    const grid = { laneY: this.laneY, left: this.left, right, width: this.width, high: this.high, step: w.step, messages: m, x: (column) => this.x(column), columnAt: (at) => this.columnAt(at) };
    const marks = positions.map((p, i) => markOf(events[p], this.x(w.from + i), grid)).join("");
    const inside = m.all.filter((msg) => msg.at <= final && (msg.taken === null || msg.taken >= first || msg.at >= first) && (msg.lost ? msg.at >= first : true) && (this.laneY.has(msg.from) || this.laneY.has(msg.to)));
    const bandsOfNodes = this.groups.map((group) => nodeMarks(group.node, m.nodes.get(group.node), events, group, grid)).join("");
    const heads = this.groups.map(({ node, top, y }) => `<g class="node-heading" data-node="${esc(node)}"><path d="M2 ${top}H${this.width - 2}"/><text class="name" x="6" y="${y + 4}">node ${esc(node)}</text></g>`).join("");
    const every = Math.ceil(inside.length / MOST_ARROWS);
    this.thinned = every;
    const arrows = inside.filter((msg, i) => i % every === 0 || msg.lost || this.isChosen(msg)).map((msg) => arrow(msg, events[msg.at].traceIndex ?? msg.at, first, final, grid)).join("");
    this.svg.setAttribute("viewBox", `0 0 ${this.width} ${this.height}`);
    this.svg.style.height = `${this.height}px`;
    const id = `lic-now-${(SpaceView.count = (SpaceView.count ?? 0) + 1)}`;
    this.svg.innerHTML = `<clipPath id="${id}"><rect x="0" y="0" width="0" height="${this.height}"/></clipPath><path class="instant" d="${bands.join("")}"/><g class="ruler">${ruler.join("")}</g>` +
      `<g clip-path="url(#${id})">${bandsOfNodes}${rows.map((r) => r.line).join("")}${marks}<g class="arrows">${arrows}</g></g><path class="present"/>${heads}${rows.map((r) => r.label).join("")}<text class="small axis" x="${this.left}" y="${this.height - 6}">events in order, one a column; their times stand above →</text><g class="letters"></g><g class="tip"></g>`;
    this.heads = [...this.svg.querySelectorAll(".node-heading")];
    this.names = [...this.svg.querySelectorAll(".lane")];
    this.clip = this.svg.querySelector("clipPath rect");
    this.present = this.svg.querySelector(".present");
    this.tip = this.svg.querySelector(".tip");
    this.counts = this.svg.querySelector(".letters");
    this.drawn = [...this.svg.querySelectorAll(".arrows > g")].map((g) => ({ g, at: Number(g.dataset.at), m: m.byPosition.get(Number(g.dataset.at)) }));
  }

  /** The column of the first event at or after virtual second `at`. */
  columnAt(at) {
    const { columns } = this.context.messages(), events = this.context.events();
    let low = 0, high = columns.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (events[columns[middle]].at < at) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  isChosen(msg) {
    const s = this.moment?.selected;
    return s?.type === "message" && s.position === msg.at;
  }

  draw(moment) {
    this.moment = moment;
    if (!this.width || !moment) return;
    const m = this.context.messages(), { state, count, selected } = moment;
    const now = count >= m.columnOf.length ? m.columns.length : m.columnOf[count];
    const w = this.turn(now), x = Math.max(this.left, Math.min(this.width - 6, this.x(now) - w.step * 0.12));
    this.clip.setAttribute("width", (x + 2).toFixed(1));
    this.present.setAttribute("d", `M${x.toFixed(1)} ${TOP - 10}V${this.height - 4}M${(x - 5).toFixed(1)} ${TOP - 12}h10l-5 6Z`);
    let shown = 0, lost = 0;
    for (const d of this.drawn) {
      const state = d.at >= count ? "future" : d.m.lost ? "lost" : d.m.taken !== null && d.m.taken < count ? "taken" : this.context.waits(d.m, count) ? "waiting" : "gone";
      if (d.shown !== state) {
        d.shown = state;
        d.g.dataset.state = state;
        d.g.style.display = state === "future" ? "none" : "";
      }
      if (state !== "future") shown += 1;
      if (state === "lost") lost += 1;
      const chosen = selected?.type === "message" && selected.position === d.at;
      if (d.chosen !== chosen) d.g.classList.toggle("chosen", (d.chosen = chosen));
    }
    const key = JSON.stringify(state.mailboxes) + x;
    if (key !== this.countKey) {
      this.countKey = key;
      this.counts.innerHTML = this.lanes.filter((pid) => pid !== null && state.mailboxes[pid]?.length).map((pid) => {
        const n = state.mailboxes[pid].length, left = x > this.width - 30 ? x - 26 : x + 4, y = this.laneY.get(pid);
        return `<g data-lane="${esc(pid)}" data-waiting="${n}" transform="translate(${left} ${y - 9})"><path d="M0 0H13V9H0ZM0 0L6.5 5L13 0"/><text x="16" y="8.5">${n}</text></g>`;
      }).join("");
    }
    for (const g of this.heads) g.dataset.state = state.nodes[g.dataset.node] ?? "unknown";
    const lane = selected?.type === "process" ? selected.id : null;
    for (const g of this.names) {
      const life = m.lives.get(g.dataset.lane), lives = !g.dataset.lane || (life.from < count && (life.to === null || life.to >= count));
      const look = `lane${lives ? "" : " absent"}${lane !== null && g.dataset.lane === lane ? " chosen" : ""}`;
      if (g.look !== look) g.setAttribute("class", (g.look = look));
    }
    if (selected?.type === "message") this.tell(selected.number, true);
    else if (this.shownTip) this.tell(null);
    const waiting = Object.values(state.mailboxes).reduce((sum, box) => sum + box.length, 0);
    const words = `${capital(things(waiting, "message waits", "messages wait"))} in mailboxes; ${state.lost} lost so far.` +
      (this.thinned > 1 ? ` Seen from this far, one message in ${this.thinned} is drawn (every lost one is): come closer with + to see all.` : "") +
      (this.hidden > 0 ? ` ${this.hidden} of the processes that act here have no lane: there is room for ${MOST_LANES}.` : "");
    this.context.tell(this, words);
  }

  /** Writes the message `number` beside its arrow; null takes the text away. */
  tell(number, keep = false) {
    if (!this.tip) return;
    const selected = this.moment?.selected;
    if (number == null && selected?.type === "message" && !keep) number = selected.number;
    const d = number == null ? null : this.drawn.find((one) => one.g.dataset.message === String(number));
    this.shownTip = d?.at ?? null;
    if (!d || d.shown === "future") {
      this.tip.innerHTML = "";
      return;
    }
    const rows = wrap(this.context.sentence(d.at), Math.max(18, Math.floor((this.width - 40) / 6.6)));
    const wide = Math.max(...rows.map((row) => row.length)) * 6.2 + 16, high = 8 + 15 * rows.length;
    const m = this.context.messages(), x = Math.max(Math.min(this.left, this.width - wide - 4), Math.min(this.width - wide - 4, this.x(m.columnOf[d.at]) - wide / 2));
    const y1 = this.laneY.get(d.m.from) ?? TOP, y2 = this.laneY.get(d.m.to) ?? y1, y = Math.min(this.height - high - 3, Math.max(y1, y2) + 10); // below the arrow, so that it can be seen
    this.tip.replaceChildren(svg(`<g transform="translate(${x} ${y})"><rect width="${wide}" height="${high}" rx="4"/>${rows.map((row, i) => `<text x="8" y="${16 + i * 15}">${esc(row)}</text>`).join("")}</g>`));
  }
}
