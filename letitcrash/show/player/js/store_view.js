// The store: who stands where, which till is open, what lies on the floor, and what the weather makes of the line.
import { CustomerFigures } from "./customer_figures.js";
import { leavesAs } from "./event_sentences.js";
import { staffAt, weatherOf } from "./store_facts.js";
import { FallingEggs } from "./falling_eggs.js";
import { plan, standAt } from "./floor_plan.js";
import { clerk } from "./person_shapes.js";
import { lampsOf, lightOf, sceneOf } from "./store_scene.js";
import { WEATHER, daylight, skyAt, weather } from "./weather_shapes.js";
import { CLERK, customerAt, till } from "./till_shapes.js";
import { board, butcher, door, handsAt, note } from "./wall_shapes.js";
import { capital, esc, svg, things } from "./text.js";

export class StoreView {
  static title = "Store";
  static legend = "A lit lamp is an open till, a crossed one a till whose clerk has crashed. The plate names the customer who is served, the slips on the spike count messages that wait.";
  constructor(host, context) {
    this.context = context;
    this.el = host;
    // Sheets of paper over each other, and each customer a piece of paper.
    this.el.innerHTML = `<div class="lic-scene" role="img" aria-label="The store: its lines and its tills"></div><p class="lic-reading"></p>`;
    [this.scene, this.reading] = this.el.children;
    this.customers = new CustomerFigures(context);
    this.falling = new FallingEggs();
    this.scene.addEventListener("click", (event) => {
      const who = event.target.closest("[data-customer]")?.dataset.customer, clerk = event.target.closest("[data-till]")?.dataset.pid;
      context.select(who ? { type: "customer", id: who } : clerk ? { type: "process", id: clerk } : null);
    });
  }

  /** Make room: `width` pixels. */
  layout(width) {
    this.width = width;
    const { facts, perTill } = this.context, p = (this.plan = plan(width, facts(), perTill()));
    this.falling.clear();
    this.scene.style.height = `${p.height}px`;
    this.scene.innerHTML = sceneOf(p, customerAt);
    this.layers = {};
    for (const g of this.scene.querySelectorAll("[data-layer]")) this.layers[g.dataset.layer] = g;
    this.hands = [...this.scene.querySelectorAll("[data-hand]")];
    this.customers.settle(this.layers, p.scale, p.entry);
    this.shown = {};
    this.tills = {};
    this.walled = 0;
    if (this.moment) this.draw({ ...this.moment, jumped: true, left: [] });
  }

  /** Paint the place `layer` anew if what it depends on has changed. */
  paint(layer, key, html, data = {}) {
    if (this.shown[layer] === key) return;
    this.shown[layer] = key;
    this.layers[layer].innerHTML = html();
    Object.assign(this.layers[layer].dataset, data);
  }

  draw(moment) {
    this.moment = moment;
    if (!this.plan) return;
    const { state, jumped } = moment, wanted = new Map();
    if (jumped) this.falling.clear();
    const [kind, waiting, open] = weatherOf(state);
    const now = performance.now();
    if (moment.still || jumped || now - this.walled > 120) { // while it plays, nobody reads a clock sixty times a second
      this.walled = now;
      this.drawSky(moment, kind, open);
      this.drawWall(moment);
    }
    this.paint("notes", JSON.stringify(this.queue(state, wanted)), () => this.notes(state));
    for (const label of this.plan.labels) this.drawTill(label, state.tills[label], wanted, moment);
    const atDoor = Object.entries(state.customers).filter(([, { place }]) => /^(door|way \d+)$/.test(place));
    atDoor.forEach(([customer, { place }], rank) => wanted.set(customer, { at: [this.plan.entry[0] + rank * 9, this.plan.entry[1], "hall"], place, rank }));
    this.customers.show(wanted, moment);
    this.customers.mark(moment.selected, moment.last);
    this.mark(moment.selected, moment.last);
    this.context.tell(this, this.words(state, kind, waiting, open));
  }

  /** Give each customer in line a place; what comes back is how many have none, by line. */
  queue(state, wanted) {
    const over = {};
    for (const [line, customers] of Object.entries(state.lines)) customers.forEach((customer, rank) => {
      const at = standAt(this.plan, line, rank, customerAt);
      if (at) wanted.set(String(customer), { at, place: `line ${line}`, rank });
      else over[line] = (over[line] ?? 0) + 1;
    });
    return (this.over = over);
  }
  notes() {
    const { apart, spots, room, lanes, scale: s, width } = this.plan;
    return Object.entries(this.over).map(([line, count]) => {
      const [x, y] = apart && spots[line] ? [spots[line].x, standAt(this.plan, line, room - 1, customerAt)[1] - 46 * s] : [width / 2, standAt(this.plan, line, room * lanes - 1, customerAt)[1] - 46 * s];
      const half = count > 99 ? 26 : 20;
      return `<g data-line="${esc(line)}" data-more="${count}" class="more" transform="translate(${x} ${y})"><rect x="-${half}" y="-9" width="${2 * half}" height="17" rx="8.5"/><text y="4">+${count}</text></g>`;
    }).join("");
  }

  /** Outside: the weather of the lines, and the time of day, a quarter of an hour at a time. */
  drawSky({ t, last }, kind, open) {
    const openingHour = this.context.openingHour(), { pane } = this.plan.hung, hour = openingHour === null ? null : (Math.floor((t / 3600 + openingHour) * 4) / 4) % 24;
    const bright = hour === null ? 1 : daylight(hour), [above, below] = hour === null ? [`var(--sky${kind})`, `var(--sky${kind})`] : skyAt(hour, kind), key = `${kind} ${hour}`;
    const passes = last?.kind === "Arrived" || last?.kind === "Directed" || Boolean(leavesAs(last));
    this.paint("sky", key, () => weather(kind, pane.w, pane.h, hour), { weather: WEATHER[kind], hour: hour ?? "" });
    this.paint("light", key, () => lightOf(this.plan, hour, kind < 2 ? bright : 0));
    this.paint("lamps", String(bright < 0.5 || kind > 2), () => lampsOf(this.plan, bright < 0.5 || kind > 2));
    this.paint("door", `${open > 0} ${passes} ${below}`, () => door(76, open > 0, passes ? below : above, passes), { sign: open > 0 ? "open" : "closed", ajar: passes });
    const turns = handsAt(t + (openingHour ?? 0) * 3600, openingHour === null ? this.context.span() : 1e9);
    this.hands.forEach((hand, i) => {
      const turn = `rotate(${(turns[i] % 360).toFixed(0)})`;
      if (hand.dataset.turn !== turn) hand.setAttribute("transform", (hand.dataset.turn = turn));
    });
  }

  /** The board, and the two who work at the wall. */
  drawWall({ state }) {
    const { board: slate, butcher: corner, shelf: shelves } = this.plan.hung, drops = Object.values(state.tills).reduce((sum, t) => sum + t.drops, 0), facts = this.context.facts();
    const away = (name) => staffAt(facts, state, name)?.here === false;
    const rows = [...(facts.customers ? [["served", state.served], ["walked out", state.reneged + state.balked]] : []), ...(facts.system ? [["eggs dropped", drops], ["letters lost", state.lost]] : [])];
    if (slate) this.paint("board", JSON.stringify(rows), () => board(slate.w, slate.h, rows));
    const posts = { butcher: (gone) => butcher(corner.w, corner.h, gone), shelf: (gone) => (gone ? note(shelves.w / 2, shelves.h / 2, "BACK SOON") : "") };
    for (const [name, html] of Object.entries(posts)) this.paint(name, String(away(name)), () => html(away(name)), { post: away(name) ? "away" : "here" });
  }

  drawTill(label, now, wanted, { state, jumped }) {
    const at = this.plan.spots[label], s = this.plan.scale, look = !now ? "closed" : now.broken != null ? "broken" : now.open ? "open" : "closed";
    const busy = now?.serving ?? null, manned = look === "open" || (busy !== null && look !== "broken"), works = staffAt(this.context.facts(), state, `till ${label}`), mail = works?.mail ?? 0;
    if (busy !== null) wanted.set(String(busy), { at: [at.x + customerAt(at.w) * s, at.y - 9 * s, `at${at.row}`], place: `till ${label}`, rank: 0 });
    const key = `${look}|${busy}|${now?.drops}|${mail}|${works?.pid}`, before = this.shown[`till ${label}`];
    if (before === key) return;
    this.shown[`till ${label}`] = key;
    const { back, front } = till(esc(label), at.w, { look, serving: busy === null ? null : esc(busy), drops: now?.drops ?? 0, mail }), move = `translate(${at.x} ${at.y}) scale(${s})`;
    const put = (layer, html) => {
      const old = this.layers[layer].querySelector(`[data-of="${label}"]`), g = svg(`<g data-of="${esc(label)}" transform="${move}">${html}</g>`);
      if (old) old.replaceWith(g);
      else this.layers[layer].append(g);
      return g;
    };
    put(`back${at.row}`, back + (manned && at.w > 50 ? `<g transform="${CLERK}">${clerk(`till ${label}`)}</g>` : ""));
    const g = put(`front${at.row}`, front);
    Object.assign(g.dataset, { till: label, state: look, serving: busy ?? "", drops: now?.drops ?? 0, mail, ...(works && { pid: works.pid }) });
    this.tills[label] = g;
    if (look === "broken" && before !== undefined && !before.startsWith("broken") && !jumped && !this.context.still())
      this.falling.drop(this.layers[`at${at.row}`], g.querySelector("[data-spill]"), { x: at.x - 4, y: at.y - 30 * s, depth: 36 * s, scale: s });
  }

  /** Mark the till whose clerk is marked, or the message's sender or receiver; and whose clerk acts now. */
  mark(selected, last) {
    const chosen = selected?.pids ?? (selected?.type === "process" ? [selected.id] : []), near = this.context.near(last);
    for (const g of Object.values(this.tills)) {
      g.classList.toggle("chosen", chosen.includes(g.dataset.pid));
      g.classList.toggle("now", near.includes(g.dataset.pid));
    }
  }

  /** One frame of movement, `dt` seconds long; true while anybody still walks. */
  frame(dt) {
    return this.customers.frame(dt);
  }

  words(state, kind, waiting, open) {
    const broken = this.plan.labels.filter((label) => state.tills[label]?.broken != null);
    return `${capital(things(waiting, "customer", "customers"))} in line, ${open} of ${things(this.plan.labels.length, "till", "tills")} open` +
      `${broken.length ? `; eggs dropped at till ${broken.join(", ")}` : ""}. ${state.served} served` +
      `${state.reneged ? `, ${state.reneged} left unserved` : ""}${state.balked ? `, ${state.balked} turned away` : ""}. Weather: ${WEATHER[kind]}.`;
  }
}
