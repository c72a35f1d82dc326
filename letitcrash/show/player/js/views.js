// The stage: a column for each run, in it the views that are shown, and the room they have.
import { ShelfView } from "./shelf_view.js";
import { SpaceView } from "./spacetime_view.js";
import { StreetView } from "./street_view.js";
import { TreeView } from "./tree_view.js";
import { esc } from "./text.js";
import { leavesAs, pidsOf } from "./event_sentences.js";

/** The views, by name. The map of towns comes with the chapters on other towns: one more entry here. */
export const VIEWS = { store: StreetView, tree: TreeView, space: SpaceView, shelves: ShelfView };
/** From top to bottom. */
const ORDER = ["store", "shelves", "tree", "space"];
/** Scales of the views; the first that lets them fit into the window is taken. */
const SCALES = [1, 0.92, 0.84, 0.77, 0.7];
const OFTEN = 48; // milliseconds between two pictures of a tree or a diagram that is played

const has = (run, name) => (name === "store" ? run.facts.shown : name === "shelves" ? run.facts.shelves > 0 : run.messages.lanes.length > 0);
/** The views for which the runs have something. */
export function offered(runs) {
  const names = ORDER.filter((name) => runs.some((run) => has(run, name)));
  return names.length ? names : ["store"];
}

/** True when the reader meets a view of this kind for the first time, as far as the browser remembers. */
function isFirst(name) {
  const key = `letitcrash-legend-${name}`;
  try {
    if (localStorage.getItem(key)) return false;
    localStorage.setItem(key, "seen");
  } catch {
    // no storage: the legend is open once a page
  }
  if (met.has(name)) return false;
  met.add(name);
  return true;
}
const met = new Set();

export class Views {
  /** `wanted` are the views the author asked for, or null; `wide` is the room in pixels. */
  constructor(player, wanted, wide) {
    this.player = player;
    this.offered = offered(player.timeline.runs);
    this.kinds = (wanted ?? this.offered).filter((name) => this.offered.includes(name));
    if (!this.kinds.length) this.kinds = this.offered;
    // On a narrow screen one view, so that two runs are seen together; the author's first one, or the one that has most to show.
    const { runs } = player.timeline, narrow = wide && wide < 520 && (!wanted || runs.length > 1), empty = !wanted && !runs.some((run) => run.facts.customers || run.facts.shelves);
    this.visible = new Set(narrow ? [empty && this.kinds.includes("tree") ? "tree" : this.kinds[0]] : this.kinds);
    this.views = [];
  }

  /** Put the columns and their views into `host`. */
  settle(host) {
    this.el = host;
    this.player.timeline.runs.forEach((run, r) => {
      const column = document.createElement("div");
      column.className = "lic-one-run";
      if (run.name) column.insertAdjacentHTML("beforeend", `<p class="lic-run-name">${esc(run.name)}</p>`);
      host.append(column);
      for (const name of this.kinds) {
        const place = document.createElement("div");
        place.className = `lic-view lic-view-${name}`;
        place.dataset.view = name;
        column.append(place);
        this.views.push({ r, name, host: place, view: new VIEWS[name](place, this.context(run, r)) });
      }
    });
    this.addLegends();
  }

  /** One line for each kind of view that says what its signs mean: open the first time, folded from then on. */
  addLegends() {
    for (const { r, name, host, view } of this.views) {
      if (r > 0) continue;
      host.insertAdjacentHTML("beforeend", `<details class="lic-legend"${this.player.timeline.runs.length === 1 && isFirst(name) ? " open" : ""}><summary>Legend</summary> <span>${esc(view.legend ?? VIEWS[name].legend)}</span></details>`);
    }
  }

  /** The questions that a view may ask. */
  context(run, r) {
    const { player } = this, { timeline } = player;
    return {
      facts: () => run.facts, events: () => run.events, messages: () => run.messages, nameOf: (pid) => run.nameOf(pid), sentence: (place) => run.sentence(place), face: () => timeline.face, openingHour: () => timeline.openingHour, span: () => timeline.pace.last,
      near: pidsOf, still: () => player.quiet.matches,
      perTill: () => run.events.find((e) => e.kind === "StoreOpened")?.line === "per till" || run.events.some((e) => e.kind === "Joined" && e.line !== 0),
      eventsPerSecond: () => (player.playing ? (timeline.n / Math.max(1, timeline.end)) * player.speed : 0) / timeline.runs.length,
      waits: (m, count) => run.replay.seek(count).mailboxes[m.to]?.includes(run.events[m.at].traceIndex ?? m.at) ?? false,
      grew: () => { this.grown = true; }, tell: (view, words) => this.tell(view, words), select: (what) => player.select(what && { ...what, run: r }),
    };
  }
  /** The sentence below a view; while it plays, four times a second are enough to be read. */
  tell(view, words) {
    const now = performance.now();
    if (words === view.toldWords || (this.player.playing && now - (view.toldAt ?? 0) < 250)) return;
    view.toldAt = now;
    view.reading.textContent = view.toldWords = words;
  }

  /** Fit the views to the room there is, `room` pixels high; true if that has changed. */
  shape(room) {
    const width = Math.floor(this.el.clientWidth);
    if (!width || (width === this.width && room === this.room)) return false;
    Object.assign(this, { width, room });
    this.el.classList.toggle("lic-side", this.player.timeline.runs.length > 1 && width >= 640);
    for (const one of this.views) one.host.hidden = !this.visible.has(one.name);
    this.scaleTo(SCALES[0]);
    this.fit();
    return true;
  }
  /** Make the views smaller until they fit; what is higher still scrolls beside the controls. */
  fit() {
    if (this.fitting) return;
    this.fitting = true;
    this.el.style.maxHeight = "";
    while (this.el.offsetHeight > this.room && this.scale !== SCALES.at(-1)) this.scaleTo(SCALES[SCALES.indexOf(this.scale) + 1]);
    const overflows = this.el.offsetHeight > this.room;
    this.el.style.maxHeight = overflows ? `${this.room}px` : "";
    this.el.classList.toggle("lic-overflows", overflows);
    if (overflows) this.el.tabIndex = 0;
    else this.el.removeAttribute("tabindex");
    this.fitting = this.grown = false;
  }
  /** Draw the views as if there were more room, and show them `scale` times as large. */
  scaleTo(scale) {
    this.scale = scale;
    this.el.style.setProperty("--lic-scale", scale);
    for (const one of this.views) {
      if (one.host.hidden) continue;
      one.view.layout(Math.floor((one.host.parentElement.clientWidth || this.width) / scale));
    }
  }
  /** The store may need more room when its run has grown. */
  grow() {
    for (const one of this.views) if (one.name === "store" && this.visible.has("store")) one.view.layout(one.view.width);
    for (const one of this.views) if (one.name === "shelves" && this.visible.has("shelves")) one.view.layout(one.view.plan?.width ?? this.width);
    this.fit();
  }
  /** Show view `name`, or hide it unless it is the last one. */
  toggle(name) {
    if (!this.visible.has(name)) this.visible.add(name);
    else if (this.visible.size > 1) this.visible.delete(name);
    this.width = 0;
  }

  /** One frame of movement, `dt` seconds long; true while anything still moves. */
  frame(dt) {
    let moving = false;
    for (const one of this.views) if (this.visible.has(one.name) && one.view.frame?.(dt)) moving = true;
    return moving;
  }

  /** Draw the moment after `n` events; `from` is where the reader stood before. */
  draw(n, { t, from, jumped, still }) {
    const { timeline, selection, playing } = this.player, left = timeline.runs.map(() => []), last = n ? timeline.event(n - 1) : null, now = performance.now();
    if (!jumped) for (let i = Math.max(from, n - 40); i < n; i++) if (leavesAs(timeline.event(i))) left[timeline.runOf[i]].push(timeline.event(i));
    const counts = timeline.countsAt(n);
    for (const one of this.views) {
      if (!this.visible.has(one.name) || (playing && one.name !== "store" && now - (one.drawnAt ?? 0) < OFTEN)) continue;
      one.drawnAt = now;
      const { r } = one, moment = { state: timeline.runs[r].replay.seek(counts[r]), count: counts[r], t, last: last && timeline.runOf[n - 1] === r ? last : null, left: left[r], jumped, still, selected: selection.in(r) };
      try {
        one.view.draw(moment);
      } catch (error) {
        one.view.reading.textContent = `This view cannot draw this moment: ${error.message}`;
      }
    }
    if (this.grown) this.fit();
  }
}
