// The store: who stands where, which till is open, what lies on the floor, and what the weather makes of the line.
import { MOOD, WEATHER, awning, butcher, clerk, door, person, shelf, splat, till, weather } from "./art.js";
import { capital, esc, svg, things } from "./text.js";

const BY_NUMBER = (a, b) => a - b || (a < b ? -1 : a > b ? 1 : 0);
const LEFT = { Finished: "served", Reneged: "gave up", Balked: "turned away" };

/** What the whole run tells about the store's size, so that the picture need not jump while it plays. */
export function storeFacts(events) {
  const facts = { tills: new Set(), longest: 0, people: 0, busy: 0, served: 0, shown: false, customers: false };
  const started = new Map(), lengths = {}, where = new Map();
  const shorter = (customer) => {
    if (where.has(customer)) lengths[where.get(customer)] -= 1;
    where.delete(customer);
  };
  for (const e of events) {
    if (e.kind === "StoreOpened") for (let n = 1; n <= e.tills; n++) facts.tills.add(String(n));
    else if (e.till !== undefined && e.kind !== "Skipped") facts.tills.add(String(e.till));
    else if (e.kind === "Spawned" && /^till \w+$/.test(e.name ?? "")) facts.tills.add(e.name.slice(5));
    if (e.kind === "Joined") {
      where.set(e.customer, e.line);
      lengths[e.line] = (lengths[e.line] ?? 0) + 1;
      facts.longest = Math.max(facts.longest, lengths[e.line]);
    } else if (e.kind === "Started") {
      shorter(e.customer);
      started.set(e.customer, e.at);
    } else if (e.kind === "Finished" && started.has(e.customer)) {
      facts.busy += e.at - started.get(e.customer);
      facts.served += 1;
    } else if (e.kind === "Reneged" || e.kind === "Balked") shorter(e.customer);
    if (e.customer !== undefined) facts.shown = true;
    if (e.state) for (const line of Object.values(e.state.lines)) facts.longest = Math.max(facts.longest, line.length);
  }
  facts.customers = facts.shown;
  facts.shown ||= facts.tills.size > 0;
  facts.mean = facts.served ? facts.busy / facts.served : 60;
  return facts;
}

/** 0 fair to 3 storm: customers in line for each open till. */
export function weatherOf(state) {
  const open = Object.values(state.tills).filter((t) => t.open).length;
  const waiting = Object.values(state.lines).reduce((sum, line) => sum + line.length, 0);
  const each = waiting / Math.max(open, 0.5);
  return [each < 1.5 ? 0 : each < 3 ? 1 : each < 6 ? 2 : 3, waiting, open];
}

export class StoreView {
  static title = "Store";
  constructor(host, context) {
    this.context = context;
    this.el = host;
    // Sheets of paper over each other, and each customer a piece of paper: who walks is moved, and nothing painted again.
    this.el.innerHTML = `<div class="lic-scene" role="img" aria-label="The store: its lines and its tills"></div><p class="lic-reading"></p>`;
    [this.scene, this.reading] = this.el.children;
    this.people = new Map();
    this.leaving = new Set();
    this.shownTills = {};
    this.scene.addEventListener("click", (event) => {
      const g = event.target.closest("[data-customer]");
      context.select(g ? { type: "customer", id: g.dataset.customer } : null);
    });
  }

  /** Make room: `width` pixels; the height follows from the tills and the longest line of the run. */
  layout(width) {
    const f = this.context.facts(), small = width < 520;
    this.width = width;
    this.labels = [...f.tills].sort(BY_NUMBER);
    this.scale = small ? 0.86 : 1.04;
    const s = this.scale, wall = small ? 108 : 126, T = Math.max(1, this.labels.length), inner = width - 20;
    const perRow = Math.max(1, Math.min(T, Math.floor(inner / (50 * s))));
    const rows = Math.ceil(T / perRow), column = Math.min(inner / perRow, 150);
    this.apart = !this.labels.length || this.context.perTill();
    const tillHeight = 92 * s, depth = 17 * s;
    this.room = this.apart ? Math.max(2, Math.min(f.longest, 9)) : Math.max(1, Math.floor((inner - 10) / (31 * s)));
    this.lanes = this.apart ? 0 : Math.max(1, Math.min(Math.ceil(f.longest / this.room), small ? 4 : 3));
    const lane = 50 * s, hall = this.apart ? 12 : 16 + this.lanes * lane;
    const block = this.apart ? 50 * s + this.room * depth + 58 * s : tillHeight;
    this.height = Math.ceil(wall + hall + rows * block + 26);
    this.spots = {};
    this.labels.forEach((label, i) => {
      const row = Math.floor(i / perRow), inRow = Math.min(perRow, T - row * perRow);
      this.spots[label] = { x: width / 2 + (i % perRow - (inRow - 1) / 2) * column, y: wall + hall + (row + 1) * block, row, w: Math.min(column - 8, 84 * s) / s };
    });
    this.place = (line, rank) => {
      const at = this.apart && this.spots[line];
      if (at) return rank < this.room ? [at.x - (at.w > 50 ? 9 * s : 0), at.y - 40 * s - rank * depth, `line${at.row}`] : null;
      const row = Math.floor(rank / this.room);
      if (row >= this.lanes) return null;
      const along = rank % this.room, x = row % 2 ? along : this.room - 1 - along;
      return [10 + (x + 0.5) * (inner / this.room), wall + 12 + (this.lanes - row) * lane, "hall"];
    };
    this.entry = [small ? 30 : 40, wall + 8];
    this.drawScene(width, wall, small, hall, rows, block, depth, lane);
    this.people.clear();
    this.leaving.clear();
    this.shownTills = {};
    this.shownWeather = this.shownOver = null;
    if (this.moment) this.draw({ ...this.moment, jumped: true, left: [] });
  }

  drawScene(width, wall, small, hall, rows, block, depth, lane) {
    const s = this.scale, k = small ? 0.82 : 1, gap = small ? 8 : 16;
    const doorWidth = 34 * k, doorX = (small ? 14 : 24);
    let x = doorX + doorWidth + gap;
    const wide = width - x - gap, share = small ? [0.27, 0.42, 0.31] : [0.24, 0.46, 0.3];
    const [ww, sw, bw] = share.map((part) => Math.min(part * (wide - 2 * gap), small ? 150 : 300));
    const top = 36, h = wall - top - 8;
    this.pane = { x, y: top, w: ww, h: h * 0.72 };
    const shelfX = x + ww + gap, butcherX = width - gap - bw;
    const sign = (text, cx) => `<text class="sign" x="${cx}" y="${top + 3}">${text}</text>`;
    let floor = "";
    for (let y = wall + 30; y < this.height; y += 30) floor += `M0 ${y}H${width}`;
    for (let i = -12; i <= 24; i++) floor += `M${width / 2 + i * 34} ${wall}L${width / 2 + i * 34 * (1 + (this.height - wall) / 420)} ${this.height}`;
    let tape = "";
    if (this.apart) for (const at of Object.values(this.spots)) {
      const cx = at.x - (at.w > 50 ? 9 * s : 0);
      tape += `M${cx - 15 * s} ${at.y - 34 * s}V${at.y - 40 * s - (this.room - 0.4) * depth}M${cx + 17 * s} ${at.y - 34 * s}V${at.y - 40 * s - (this.room - 0.4) * depth}`;
    } else for (let row = 0; row < this.lanes; row++) tape += `M12 ${wall + 17 + (this.lanes - row) * lane}H${width - 12}`;
    const size = `viewBox="0 0 ${width} ${this.height}" width="${width}" height="${this.height}"`;
    const people = (name) => `<div class="lic-people" data-layer="${name}"></div>`, sheet = (name) => `<svg ${size} data-layer="${name}"></svg>`;
    let sheets = people("hall");
    for (let row = 0; row < rows; row++) sheets += sheet(`back${row}`) + people(`line${row}`) + people(`at${row}`) + sheet(`front${row}`);
    this.scene.style.height = `${this.height}px`;
    this.scene.innerHTML =
      `<svg class="lic-backdrop" ${size}><rect class="wall" width="${width}" height="${wall}"/><rect class="floor" y="${wall}" width="${width}" height="${this.height - wall}"/>` +
      `<path class="tiles" d="${floor}"/><path class="skirting" d="M0 ${wall}H${width}"/>` +
      `<svg x="${this.pane.x}" y="${this.pane.y}" width="${this.pane.w}" height="${this.pane.h}" data-layer="sky"></svg>` +
      `<path class="ln frame" d="M${x} ${top}h${ww}v${this.pane.h}h${-ww}ZM${x + ww / 2} ${top}v${this.pane.h}M${x - 4} ${top + this.pane.h}h${ww + 8}"/>` +
      `<g transform="translate(${doorX} ${wall - 76 * k}) scale(${k})">${door(76)}</g>` +
      `<g transform="translate(${shelfX} ${top + 4})">${shelf(butcherX - gap - shelfX, h - 6)}</g>` +
      `<g transform="translate(${butcherX} ${top - 4})">${butcher(bw, h + 12)}</g>` +
      (small ? "" : sign("BUTCHER", butcherX + bw * 0.5)) + `<path class="tape" d="${tape}"/>${awning(width)}</svg>${sheets}${sheet("notes")}`;
    this.layers = {};
    for (const g of this.el.querySelectorAll("[data-layer]")) this.layers[g.dataset.layer] = g;
  }

  draw(moment) {
    this.moment = moment;
    if (!this.width) return;
    const { state, t, jumped } = moment, s = this.scale, wanted = new Map(), notes = [];
    const [kind, waiting, open] = weatherOf(state);
    if (kind !== this.shownWeather) {
      this.shownWeather = kind;
      this.layers.sky.innerHTML = weather(kind, this.pane.w, this.pane.h);
      this.scene.dataset.weather = WEATHER[kind];
    }
    for (const [line, customers] of Object.entries(state.lines)) {
      let outside = 0;
      customers.forEach((customer, rank) => {
        const at = this.place(line, rank);
        if (at) wanted.set(String(customer), { at, place: `line ${line}`, rank });
        else outside += 1;
      });
      if (outside) {
        const [x, y] = this.apart && this.spots[line] ? [this.spots[line].x, this.place(line, this.room - 1)[1] - 46 * s] : [this.width / 2, this.place(line, this.room * this.lanes - 1)[1] - 46 * s];
        notes.push(`<g data-line="${esc(line)}" data-more="${outside}" class="more" transform="translate(${x} ${y})"><rect x="-${outside > 99 ? 26 : 20}" y="-9" width="${outside > 99 ? 52 : 40}" height="17" rx="8.5"/><text y="4">+${outside}</text></g>`);
      }
    }
    for (const label of this.labels) this.drawTill(label, state.tills[label], wanted);
    for (const [customer, where] of Object.entries(state.customers))
      if (where.place === "door") wanted.set(customer, { at: [this.entry[0], this.entry[1], "hall"], place: "door", rank: 0 });
    for (const [id, p] of this.people) if (!wanted.has(id)) this.retire(id, p, moment);
    for (const [id, want] of wanted) this.stand(id, want, state, t, jumped);
    if (jumped) this.sort(); // while it plays, who comes later stands farther back, and is put behind the others
    for (const event of moment.left) if (event.kind === "Balked" && !jumped) this.turnAway(event.customer);
    if (jumped) {
      for (const p of this.leaving) p.g.remove();
      this.leaving.clear();
      const e = moment.last;
      if (e && LEFT[e.kind] && moment.still) this.turnAway(e.customer, e);
    }
    const over = notes.join("");
    if (over !== this.shownOver) this.layers.notes.innerHTML = this.shownOver = over;
    this.mark(moment);
    const broken = this.labels.filter((label) => state.tills[label]?.broken != null);
    const words = `${capital(things(waiting, "customer", "customers"))} in line, ${open} of ${things(Object.keys(state.tills).length, "till", "tills")} open` +
      `${broken.length ? `; eggs dropped at till ${broken.join(", ")}` : ""}. ${state.served} served` +
      `${state.reneged ? `, ${state.reneged} gave up` : ""}${state.balked ? `, ${state.balked} turned away` : ""}. Weather: ${WEATHER[kind]}.`;
    this.context.tell(this, words);
  }

  drawTill(label, now, wanted) {
    const at = this.spots[label], s = this.scale;
    const look = !now ? "closed" : now.broken != null ? "broken" : now.open ? "open" : "closed";
    const busy = now?.serving ?? null, manned = look === "open" || (busy !== null && look !== "broken"), key = `${look}|${busy}`;
    if (busy !== null) wanted.set(String(busy), { at: [at.x - (at.w > 50 ? 9 * s : 0), at.y - 9 * s, `at${at.row}`], place: `till ${label}`, rank: 0 });
    if (this.shownTills[label] === key) return;
    this.shownTills[label] = key;
    const { back, front } = till(esc(label), at.w, look), move = `translate(${at.x} ${at.y}) scale(${s})`;
    const put = (layer, html) => {
      const old = this.layers[layer].querySelector(`[data-of="${label}"]`);
      const g = svg(`<g data-of="${esc(label)}" transform="${move}">${html}</g>`);
      if (old) old.replaceWith(g);
      else this.layers[layer].append(g);
      return g;
    };
    put(`back${at.row}`, back + (manned && at.w > 50 ? `<g transform="translate(19 -9)">${clerk(`till ${label}`)}</g>` : ""));
    const g = put(`front${at.row}`, front + (busy !== null && look !== "closed" ? `<rect class="plate" x="-17" y="-15.5" width="34" height="12.5" rx="2"/><text class="num" y="-5.4">${esc(busy)}</text>` : "") +
      (look === "broken" ? `<g transform="translate(0 -21) scale(.9)">${splat}</g><g transform="translate(${at.w / 3} 9) scale(.7)">${splat}</g>` : ""));
    Object.assign(g.dataset, { till: label, state: look, serving: busy ?? "" });
  }

  stand(id, { at: [x, y, layer], place, rank }, state, t, jumped) {
    let p = this.people.get(id);
    if (!p) {
      const g = this.piece();
      g.dataset.customer = id;
      const [ex, ey] = jumped ? [x, y] : this.entry;
      this.people.set(id, (p = { g, x: ex, y: ey, id }));
    }
    const since = state.customers[id]?.since ?? t, wait = (t - since) / this.context.facts().mean;
    const mood = place.startsWith("till") ? 0 : wait < 2 ? 0 : wait < 5 ? 1 : 2;
    if (mood !== p.mood) {
      p.mood = mood;
      p.g.innerHTML = `${person(id, mood)}<ellipse class="ring" cx="1" cy=".8" rx="14" ry="4.4"/>`;
      p.g.dataset.mood = MOOD[mood];
    }
    if (p.layer !== layer) {
      p.layer = layer;
      this.layers[layer].prepend(p.g);
    }
    if (p.place !== place || p.rank !== rank) {
      Object.assign(p, { place, rank });
      Object.assign(p.g.dataset, { place, rank });
    }
    p.tx = x;
    p.ty = y;
    if (jumped) Object.assign(p, { x, y });
    this.put(p);
  }

  /** Someone who is no longer in the picture: gone with a jump, walking off when the run was played. */
  retire(id, p, moment) {
    this.people.delete(id);
    const event = moment.left.findLast((e) => String(e.customer) === id);
    if (moment.jumped || !event || this.leaving.size > 12 || this.context.still()) return p.g.remove();
    this.walkOff(p, event);
  }

  walkOff(p, event) {
    const angry = event.kind !== "Finished";
    p.g.innerHTML = person(event.customer, angry ? 3 : 0, angry ? "" : "bag");
    p.g.removeAttribute("data-customer");
    p.g.dataset.left = LEFT[event.kind];
    p.g.setAttribute("class", "person leaving");
    p.tx = angry ? this.entry[0] - 60 : p.x + 6;
    p.ty = angry ? this.entry[1] : p.y + 60;
    p.fade = 1;
    this.leaving.add(p);
  }

  turnAway(customer, event = { kind: "Balked", customer }) {
    const [x, y] = this.entry, layer = this.layers.hall;
    const g = this.piece();
    layer.append(g);
    const p = { g, x: x + 30, y: y + 30, id: String(customer) };
    this.walkOff(p, event);
    if (this.context.still() || this.moment.still) Object.assign(p, { fade: 9, tx: p.x, ty: p.y });
    this.put(p);
  }

  /** Those who stand nearer to us are drawn over those behind. */
  sort() {
    for (const [name, layer] of Object.entries(this.layers)) {
      if (!layer.classList.contains("lic-people")) continue;
      const here = [...this.people.values()].filter((p) => p.layer === name).sort((a, b) => a.ty - b.ty);
      layer.append(...here.map((p) => p.g));
    }
  }

  put(p) {
    const still = p.x === p.tx && p.y === p.ty, place = (value) => (still ? Math.round(value) : value.toFixed(1)); // sharp when at rest
    const at = `translate(${place(p.x - 30 * this.scale)}px, ${place(p.y - 66 * this.scale)}px)`;
    if (at !== p.at) p.g.style.transform = p.at = at;
  }

  /** The paper for one customer, 60 by 72 units with the feet at (0, 0). */
  piece() {
    return svg(`<svg class="person" viewBox="-30 -66 60 72" width="${60 * this.scale}" height="${72 * this.scale}"></svg>`);
  }

  mark({ selected, last }) {
    const chosen = selected?.type === "customer" ? String(selected.id) : null;
    for (const [id, p] of this.people) {
      const now = last?.customer !== undefined && String(last.customer) === id;
      const look = `person${now ? " now" : ""}${id === chosen ? " chosen" : ""}`;
      if (look !== p.look) p.g.setAttribute("class", (p.look = look));
    }
  }

  /** One frame of movement, `dt` seconds long; true while anybody still walks. */
  frame(dt) {
    let moving = false;
    const pull = 1 - Math.exp(-dt * 11);
    for (const p of this.people.values()) {
      const dx = p.tx - p.x, dy = p.ty - p.y;
      if (!dx && !dy) continue;
      if (Math.abs(dx) + Math.abs(dy) < 0.4) Object.assign(p, { x: p.tx, y: p.ty });
      else {
        p.x += dx * pull;
        p.y += dy * pull;
        moving = true;
      }
      this.put(p);
    }
    for (const p of this.leaving) {
      if (p.fade > 1) continue;
      moving = true;
      p.fade -= dt / 0.9;
      p.x += (p.tx - p.x) * pull * 0.3;
      p.y += (p.ty - p.y) * pull * 0.3;
      p.g.style.opacity = Math.max(0, p.fade).toFixed(2);
      this.put(p);
      if (p.fade <= 0) {
        p.g.remove();
        this.leaving.delete(p);
      }
    }
    return moving;
  }
}
