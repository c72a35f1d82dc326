// One store, or several with a man at the door before them: each of these is a StoreView of its part of the state.
import { ago, strip, STRIP, stripOf } from "./door_shapes.js";
import { StoreView } from "./store_view.js";
import { capital, things } from "./text.js";

/** So many stores are drawn; of more there are the numbers on the board. */
const MOST = 4;

export class StreetView {
  static title = StoreView.title;
  static legend = StoreView.legend;
  constructor(host, context) {
    Object.assign(this, { el: host, context, stores: [], views: [] });
    this.build();
  }
  get legend() {
    return this.stores.length < 2 ? StoreView.legend : "On the slate: the number of customers in each store that the man at the door goes by, and behind it, pale, the true one. The arrow is the way of his last customer. A crossed column is a store that he leaves out. " + StoreView.legend;
  }
  get reading() {
    return this.words ?? this.views[0].reading;
  }

  /** Make the elements: once, and anew when a run that grows turns out to have several stores. */
  build() {
    this.stores = this.context.facts().stores;
    if (this.stores.length < 2) {
      this.views = [new StoreView(this.el, this.context)];
      return;
    }
    this.el.innerHTML = `<svg class="lic-street" role="img" aria-label="The man at the door of the stores, and his board"></svg><div class="lic-stores"></div><p class="lic-reading"></p>`;
    [this.street, this.grid, this.words] = this.el.children;
    this.street.addEventListener("click", (event) => {
      const who = event.target.closest("[data-customer]")?.dataset.customer;
      this.context.select(who ? { type: "customer", id: who } : null);
    });
    this.views = this.stores.length > MOST ? [] : this.stores.map((tills, i) => {
      const place = document.createElement("div");
      place.className = "lic-one-store";
      this.grid.append(place);
      const view = new StoreView(place, this.contextOf(tills));
      view.reading.remove();
      view.scene.setAttribute("aria-label", `Store ${i + 1}: its line and its tills`);
      return view;
    });
  }
  contextOf(tills) {
    const { context } = this;
    return { ...context, perTill: () => false, tell: () => {}, facts: () => ({ ...context.facts(), tills: new Set(tills.map(String)), slate: false }) };
  }

  /** Make room: `width` pixels. */
  layout(width) {
    if (this.context.facts().stores.length !== this.stores.length) this.build();
    this.width = width;
    if (this.stores.length < 2) return this.views[0].layout(width);
    const across = width >= 560 ? Math.min(2, this.views.length) : 1, gap = 10;
    this.grid.style.gridTemplateColumns = `repeat(${across}, minmax(0, 1fr))`;
    for (const view of this.views) view.layout(Math.floor((width - gap * (across - 1)) / across));
    this.plan = stripOf(width, this.stores.length);
    this.street.setAttribute("viewBox", `0 0 ${width} ${STRIP}`);
    this.street.style.height = `${STRIP}px`;
    this.shown = null;
    if (this.moment) this.draw({ ...this.moment, jumped: true, left: [] });
  }

  draw(moment) {
    this.moment = moment;
    if (this.stores.length < 2) return this.views[0].draw(moment);
    if (!this.plan) return;
    const now = performance.now();
    if (moment.still || moment.jumped || now - (this.drawnAt ?? 0) > 120) { // while it plays, nobody reads an age sixty times a second
      this.drawnAt = now;
      this.drawStreet(moment);
    }
    this.views.forEach((view, i) => {
      view.el.classList.toggle("dark", moment.state.stores[i + 1]?.is_dark === true);
      view.draw(this.partOf(moment, i + 1));
    });
    this.context.tell(this, this.told(moment));
  }

  drawStreet({ state, t, selected, last }) {
    const { board, door, sorry } = state, counts = board?.counts ?? door?.seen ?? [];
    const known = this.stores.map((_, i) => ({ number: i + 1, counted: counts[i] ?? null, inside: insideOf(state, i + 1), dark: state.stores[i + 1]?.is_dark === true, out: state.stores[i + 1]?.is_out === true }));
    const waiting = Object.keys(state.customers).filter((id) => state.customers[id].place === "door" || state.customers[id].place === "way 0");
    const what = {
      known, waiting, door, sorry, age: board ? `painted ${ago(t - board.at)} ago` : "",
      chosen: selected?.type === "customer" ? String(selected.id) : null, now: last?.customer === undefined ? null : String(last.customer),
    };
    this.street.dataset.age = board ? String(t - board.at) : "";
    const key = JSON.stringify(what);
    if (key === this.shown) return;
    this.shown = key;
    this.street.innerHTML = strip(this.plan, what);
  }

  /** The moment as store `number` sees it: its tills, its line, its customers, and only what happened there. */
  partOf(moment, number) {
    const { state, last } = moment, tills = this.stores[number - 1], labels = tills.map(String);
    const places = new Set([`way ${number}`, `line ${number}`, ...tills.map((till) => `till ${till}`)]);
    const part = {
      ...state, lines: { [number]: state.lines[number] ?? [] }, tills: Object.fromEntries(labels.filter((label) => state.tills[label]).map((label) => [label, state.tills[label]])),
      customers: Object.fromEntries(Object.entries(state.customers).filter(([, { place }]) => places.has(place))),
    };
    const isHere = (event) => event?.store === number || event?.line === number || labels.includes(String(event?.till)) || (event?.kind === "Balked" && state.sorry?.store === number && state.sorry.customer === event.customer);
    return { ...moment, state: part, last: isHere(last) ? last : null, left: moment.left.filter(isHere) };
  }

  told({ state, t }) {
    const here = this.stores.map((_, i) => insideOf(state, i + 1)), { board } = state;
    const dark = this.stores.flatMap((_, i) => (state.stores[i + 1]?.is_dark ? [i + 1] : [])), out = this.stores.flatMap((_, i) => (state.stores[i + 1]?.is_out ? [i + 1] : []));
    return `${capital(here.map((count, i) => `${count} in store ${i + 1}`).join(", "))}${board ? `; the board, ${ago(t - board.at)} old, says ${listed(board.counts)}` : ""}` +
      `${dark.length ? `; store ${listed(dark)} dark` : ""}${out.length ? `; store ${listed(out)} left out` : ""}. ${state.served} served` +
      `${state.refused ? `, told sorry ${things(state.refused, "time")}` : ""}${state.reneged + state.balked ? `, ${state.reneged + state.balked} lost` : ""}.`;
  }

  /** One frame of movement, `dt` seconds long; true while anybody still walks. */
  frame(dt) {
    let moving = false;
    for (const view of this.views) if (view.plan && view.frame(dt)) moving = true;
    return moving;
  }
}

const listed = (numbers) => numbers.join(", ").replace(/, (\d+)$/, " and $1");

/** The customers in store `number`: in its line and at its tills. */
function insideOf(state, number) {
  const tills = state.stores[number]?.tills ?? [];
  return (state.lines[number]?.length ?? 0) + tills.filter((till) => state.tills[till]?.serving != null).length;
}
