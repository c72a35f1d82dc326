// The stage: a column for each run, in it the views that are shown, and the room they have.
import { SpaceView } from "./spacetime.js";
import { StoreView } from "./store.js";
import { TreeView } from "./tree.js";
import { esc } from "./text.js";
import { pidsOf } from "./words.js";

/** The views, by name. The map of towns comes with the chapters on other towns: one more entry here. */
export const VIEWS = { store: StoreView, tree: TreeView, space: SpaceView };
const LEAVES = ["Finished", "Reneged", "Balked"], OFTEN = 48; // milliseconds between two pictures of a tree or a diagram that is played

const has = (run, name) => (name === "store" ? run.facts.shown : run.messages.lanes.length > 0);
/** The views for which the runs have something. */
export function offered(runs) {
  const names = Object.keys(VIEWS).filter((name) => runs.some((run) => has(run, name)));
  return names.length ? names : ["store"];
}

export class Stage {
  /** `wanted` are the views the author asked for, or null; `wide` is the room in pixels. */
  constructor(player, wanted, wide) {
    this.player = player;
    this.offered = offered(player.telling.runs);
    this.kinds = (wanted ?? this.offered).filter((name) => this.offered.includes(name));
    if (!this.kinds.length) this.kinds = this.offered;
    // On a narrow screen one view, so that two runs are seen together; the author's first one, or the one that has most to show.
    const { runs } = player.telling, narrow = wide && wide < 520 && (!wanted || runs.length > 1), empty = !wanted && !runs.some((run) => run.facts.customers);
    this.visible = new Set(narrow ? [empty && this.kinds.includes("tree") ? "tree" : this.kinds[0]] : this.kinds);
    this.views = [];
  }

  /** Put the columns and their views into `host`. */
  settle(host) {
    this.el = host;
    this.player.telling.runs.forEach((run, r) => {
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
  }

  /** What a view may ask. */
  context(run, r) {
    const { player } = this, { telling } = player;
    return {
      facts: () => run.facts, events: () => run.events, messages: () => run.messages, who: (pid) => run.who(pid), face: () => telling.face, opens: () => telling.opens, span: () => telling.pace.last,
      near: pidsOf, still: () => player.quiet.matches,
      perTill: () => run.events.find((e) => e.kind === "StoreOpened")?.line === "per till" || run.events.some((e) => e.kind === "Joined" && e.line !== 0),
      eventsPerSecond: () => (player.playing ? (telling.n / Math.max(1, telling.end)) * player.speed : 0) / telling.runs.length,
      waits: (m, count) => run.replay.seek(count).mailboxes[m.to]?.includes(run.events[m.at].number ?? m.at) ?? false,
      tell: (view, words) => this.tell(view, words), select: (what) => player.select(what && { ...what, run: r }),
    };
  }
  /** The sentence below a view; while it plays, four times a second are enough to be read. */
  tell(view, words) {
    const now = performance.now();
    if (words === view.toldWords || (this.player.playing && now - (view.toldAt ?? 0) < 250)) return;
    view.toldAt = now;
    view.reading.textContent = view.toldWords = words;
  }

  /** Fit the views to the room there is; true if that has changed. */
  shape() {
    const width = Math.floor(this.el.clientWidth);
    if (!width || width === this.width) return false;
    this.width = width;
    this.el.classList.toggle("lic-side", this.player.telling.runs.length > 1 && width >= 640);
    for (const one of this.views) {
      one.host.hidden = !this.visible.has(one.name);
      if (!one.host.hidden) one.view.layout(Math.floor(one.host.clientWidth || width));
    }
    return true;
  }
  /** The store may need more room when its run has grown. */
  grow() {
    for (const one of this.views) if (one.name === "store" && this.visible.has("store")) one.view.layout(one.view.width);
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
    const { telling, marks, playing } = this.player, left = telling.runs.map(() => []), last = n ? telling.event(n - 1) : null, now = performance.now();
    if (!jumped) for (let i = Math.max(from, n - 40); i < n; i++) if (LEAVES.includes(telling.event(i).kind)) left[telling.runOf[i]].push(telling.event(i));
    const counts = telling.countsAt(n);
    for (const one of this.views) {
      if (!this.visible.has(one.name) || (playing && one.name !== "store" && now - (one.drawnAt ?? 0) < OFTEN)) continue;
      one.drawnAt = now;
      const { r } = one, moment = { state: telling.runs[r].replay.seek(counts[r]), count: counts[r], t, last: last && telling.runOf[n - 1] === r ? last : null, left: left[r], jumped, still, selected: marks.in(r) };
      try {
        one.view.draw(moment);
      } catch (error) {
        one.view.reading.textContent = `This view cannot draw this moment: ${error.message}`;
      }
    }
  }
}
