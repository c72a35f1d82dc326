// The player: one position in one telling, several views of it, and the reader's hands on it.
import { frameOf, icon, overviewOf, SPEEDS } from "./controls.js";
import { FORMAT } from "./data.js";
import { WordList } from "./list.js";
import { countAt, inWords, pace, secondAt } from "./pace.js";
import { Run } from "./run.js";
import { SpaceView } from "./spacetime.js";
import { StoreView } from "./store.js";
import { TreeView } from "./tree.js";
import { clockFace, esc, things } from "./text.js";
import { about, sentence } from "./words.js";

/** The views, by name. The map of towns comes with the chapters on other towns: one more entry here. */
const VIEWS = { store: StoreView, tree: TreeView, space: SpaceView };
const LEAVES = ["Finished", "Reneged", "Balked"];

export class Player {
  /** `line` is null on a page; in a notebook it asks the kernel: `line.more()` gives what has happened since. */
  constructor(root, spec, line = null) {
    this.root = root;
    this.spec = spec;
    this.line = line;
    this.speed = 1;
    this.playing = false;
    this.selected = null;
    this.quiet = matchMedia("(prefers-reduced-motion: reduce)");
    if (spec.version > FORMAT) spec.runs.forEach((run) => (run.notes ??= []).unshift(`This page knows version ${FORMAT} of a player's data, this is version ${spec.version}: what it knows is shown.`));
    this.runs = spec.runs.map((packed, i) => new Run(packed, spec.names?.[i] ?? (spec.runs.length > 1 ? "AB"[i] : null)));
    this.index();
    this.build();
    this.shape();
    root.addEventListener("keydown", (event) => this.onKey(event));
    this.quiet.addEventListener("change", () => this.go(this.n, { announce: false }));
    const open = spec.at == null ? (spec.live ? this.pace.n : 0) : this.positionOf(spec.at);
    this.go(open, { announce: false });
    new ResizeObserver(() => this.shape()).observe(this.stage);
  }

  /** Merge the runs into one telling: for each of its events, which run it belongs to. */
  index() {
    const heads = this.runs.map(() => 0), sizes = this.runs.map((r) => r.events.length);
    const n = sizes.reduce((a, b) => a + b, 0), times = new Float64Array(n);
    this.runOf = new Uint8Array(n);
    this.placeOf = new Uint32Array(n);
    let latest = -Infinity;
    for (let i = 0; i < n; i++) {
      let run = -1;
      for (let r = 0; r < heads.length; r++)
        if (heads[r] < sizes[r] && (run < 0 || this.runs[r].events[heads[r]].at < this.runs[run].events[heads[run]].at)) run = r;
      this.runOf[i] = run;
      this.placeOf[i] = heads[run];
      latest = Math.max(latest, this.runs[run].events[heads[run]].at);
      times[i] = latest;
      heads[run] += 1;
    }
    this.pace = pace(times, Math.max(...this.runs.map((r) => r.until), 0), this.spec.rate ?? null);
    this.face = clockFace(n ? Math.max(this.pace.last - times[0], this.pace.last) : 0, this.spec.opens ?? null);
    this.counts = this.runs.map(() => 0);
    this.countedTo = 0;
  }

  event(i) {
    return this.runs[this.runOf[i]].events[this.placeOf[i]];
  }
  /** The position just after event `number` of the first run's trace. */
  positionOf(number) {
    for (let i = 0; i < this.pace.n; i++)
      if (this.runOf[i] === 0 && (this.event(i).number ?? this.placeOf[i]) >= number) return i + 1;
    return this.pace.n;
  }
  /** While it plays, a tree or a diagram that changes with every frame is drawn twenty times a second. */
  overtaxed(one) {
    const now = performance.now();
    if (now - (one.drawnAt ?? 0) < 48) return true;
    one.drawnAt = now;
    return false;
  }
  /** The sentence below a view; while it plays, four times a second are enough to be read. */
  tell(view, words) {
    const now = performance.now();
    if (words === view.toldWords || (this.playing && now - (view.toldAt ?? 0) < 250)) return;
    view.toldAt = now;
    view.reading.textContent = view.toldWords = words;
  }
  /** How many events of each run lie in the first `n` of the telling. */
  countsAt(n) {
    while (this.countedTo < n) this.counts[this.runOf[this.countedTo++]] += 1;
    while (this.countedTo > n) this.counts[this.runOf[--this.countedTo]] -= 1;
    return this.counts;
  }

  // Building

  build() {
    const { root, spec, runs } = this, two = runs.length > 1;
    const kinds = Object.keys(VIEWS).filter((name) => runs.some((run) => this.hasView(run, name)));
    this.offered = kinds.length ? kinds : ["store"];
    this.kinds = (spec.views ?? this.offered).filter((name) => this.offered.includes(name));
    if (!this.kinds.length) this.kinds = this.offered;
    const narrow = root.clientWidth && root.clientWidth < 520 && !spec.views, empty = !runs.some((run) => run.facts.customers);
    this.visible = new Set(narrow ? [empty && this.kinds.includes("tree") ? "tree" : this.kinds[0]] : this.kinds);
    const notes = runs.flatMap((run) => run.notes.map((note) => (two ? `${run.name}: ${note}` : note)));
    const frame = document.createElement("div");
    frame.className = "lic-frame";
    frame.innerHTML = frameOf({ why: spec.why, notes, runs: runs.length, rate: inWords(this.pace.rate), views: this.offered.map((name) => [name, VIEWS[name].title, this.visible.has(name)]) });
    root.querySelector(".lic-frame")?.remove();
    root.querySelector(".lic-still")?.remove();
    const title = root.querySelector(":scope > .lic-title");
    if (title) title.after(frame);
    else root.prepend(frame);
    const find = (what) => frame.querySelector(what);
    this.stage = find(".lic-stage-of-runs");
    this.range = find(".lic-seek input");
    this.overview = find(".lic-overview");
    this.clock = find(".lic-clock");
    this.clockText = null;
    this.live = find(".lic-live");
    this.playButton = find('[data-do="play"]');
    this.speedMenu = find(".lic-speed select");
    this.views = [];
    runs.forEach((run, r) => {
      const column = document.createElement("div");
      column.className = "lic-one-run";
      if (run.name) column.insertAdjacentHTML("beforeend", `<p class="lic-run-name">${esc(run.name)}</p>`);
      this.stage.append(column);
      for (const name of this.kinds) {
        const host = document.createElement("div");
        host.className = `lic-view lic-view-${name}`;
        host.dataset.view = name;
        column.append(host);
        this.views.push({ r, name, host, view: new VIEWS[name](host, this.context(run, r)) });
      }
    });
    this.words = new WordList(find(".lic-words"), {
      label: "What happens, in words", size: () => this.pace.n, choose: (n) => this.go(n),
      text: (i) => {
        const e = this.event(i), run = this.runs[this.runOf[i]];
        return { at: this.face(e.at), words: sentence(e, run.who), run: two ? run.name : "", flag: this.isGuilty(i), look: this.looks(i) };
      },
    });
    this.listen(frame);
  }

  hasView(run, name) {
    if (name === "store") return run.facts.shown;
    return run.messages.lanes.length > 0;
  }
  context(run, r) {
    return {
      facts: () => run.facts, events: () => run.events, messages: () => run.messages, who: (pid) => run.who(pid), face: () => this.face, about: (e) => (e ? about(e) : { pids: [] }),
      perTill: () => run.events.find((e) => e.kind === "StoreOpened")?.line === "per till" || run.events.some((e) => e.kind === "Joined" && e.line !== 0),
      still: () => this.quiet.matches, eventsPerSecond: () => (this.playing ? (this.pace.n / Math.max(1, this.pace.end)) * this.speed : 0) / this.runs.length,
      waits: (m, count) => run.replay.seek(count).mailboxes[m.to]?.includes(run.events[m.at].number ?? m.at) ?? false,
      tell: (view, words) => this.tell(view, words), select: (what) => this.select(what && { ...what, run: r }),
    };
  }
  isGuilty(i) {
    return this.spec.at != null && this.runOf[i] === 0 && (this.event(i).number ?? this.placeOf[i]) === this.spec.at;
  }
  looks(i) {
    const s = this.selected;
    if (!s || s.run !== this.runOf[i]) return "";
    const e = this.event(i);
    if (s.type === "message") return this.placeOf[i] === s.position || this.placeOf[i] === s.taken ? "chosen" : "";
    return s.type === "customer" ? (String(e.customer) === String(s.id) ? "chosen" : "") : about(e).pids.includes(s.id) ? "chosen" : "";
  }

  listen(frame) {
    frame.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (button?.dataset.do) this.act(button.dataset.do);
      if (button?.dataset.view && frame.querySelector(".lic-views")?.contains(button)) this.toggle(button.dataset.view);
    });
    this.range.addEventListener("input", () => {
      this.pause({ announce: false });
      this.seek(Number(this.range.value) * this.pace.end);
      clearTimeout(this.later);
      this.later = setTimeout(() => this.announce(), 400);
    });
    this.speedMenu.addEventListener("change", () => this.setSpeed(Number(this.speedMenu.value)));
  }

  onKey(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key !== "Tab") event.stopPropagation(); // a notebook around has one-letter commands of its own
    const inMenu = event.target.matches("select"), onButton = event.target.closest("button, summary");
    const big = event.shiftKey ? 10 : 1, list = event.target.closest(".lic-words");
    const keys = {
      ArrowRight: () => this.step(big), ArrowLeft: () => this.step(-big), Home: () => this.act("first"), End: () => this.act("last"),
      PageDown: () => this.step(Math.max(1, Math.round(this.pace.n / 10))), PageUp: () => this.step(-Math.max(1, Math.round(this.pace.n / 10))),
      "+": () => this.faster(1), "=": () => this.faster(1), "-": () => this.faster(-1), m: () => this.nextMessage(1), M: () => this.nextMessage(-1), g: () => this.act("guilty"), G: () => this.act("guilty"),
      Escape: () => this.select(null),
    };
    if (!onButton) keys[" "] = () => this.act("play");
    if (list) Object.assign(keys, { ArrowDown: () => this.step(1), ArrowUp: () => this.step(-1), Enter: () => this.select(this.subject(this.n - 1)) });
    Object.keys(VIEWS).forEach((name, i) => { keys[String(i + 1)] = () => this.toggle(name); });
    if (inMenu || !keys[event.key]) return;
    event.preventDefault();
    keys[event.key]();
  }

  act(what) {
    if (what === "play") return this.playing ? this.pause() : this.play();
    if (what === "guilty") return this.spec.at != null && this.go(this.positionOf(this.spec.at));
    if (what === "forward") return this.step(1);
    if (what === "back") return this.step(-1);
    return this.go(what === "first" ? 0 : this.pace.n);
  }
  faster(by) {
    const at = Math.max(0, Math.min(SPEEDS.length - 1, SPEEDS.indexOf(this.speed) + by));
    this.setSpeed(SPEEDS[at]);
    this.say(`Speed ${this.speed} times.`);
  }
  setSpeed(speed) {
    this.speed = speed;
    this.speedMenu.value = String(speed);
  }
  toggle(name) {
    if (!this.offered.includes(name)) return;
    if (!this.kinds.includes(name)) {
      this.spec.views = [...this.kinds, name];
      const { visible } = this;
      this.rebuild();
      this.visible = new Set([...visible, name]);
    } else if (!this.visible.has(name)) this.visible.add(name);
    else if (this.visible.size > 1) this.visible.delete(name);
    for (const button of this.root.querySelectorAll(".lic-views [data-view]")) button.setAttribute("aria-pressed", String(this.visible.has(button.dataset.view)));
    this.width = 0;
    this.shape();
    this.show(this.n, { jumped: true, still: true });
  }
  rebuild() {
    const n = this.n;
    this.build();
    this.width = 0;
    this.shape();
    this.go(n, { announce: false });
  }

  /** Fit the views to the room there is. */
  shape() {
    const width = Math.floor(this.stage.clientWidth);
    if (!width || width === this.width) return;
    this.width = width;
    const side = this.runs.length > 1 && width >= 640;
    this.stage.classList.toggle("lic-side", side);
    for (const one of this.views) {
      const shown = this.visible.has(one.name);
      one.host.hidden = !shown;
      if (shown) one.view.layout(Math.floor(one.host.clientWidth || width));
    }
    this.sketch();
  }

  sketch() {
    const wide = this.overview.clientWidth || this.width;
    this.overview.setAttribute("viewBox", `0 0 ${wide} 32`);
    this.overview.innerHTML = overviewOf(this.pace, (i) => this.event(i), (i) => this.isGuilty(i), wide);
    this.told = this.overview.querySelector(".told");
    this.overviewWidth = wide;
    if (this.n !== undefined) this.told.setAttribute("width", ((this.tau / (this.pace.end || 1)) * wide).toFixed(1));
  }

  // Moving

  /** The virtual second at which the player stands. */
  get second() {
    return secondAt(this.pace, this.tau);
  }

  /** Stand just after `n` events. */
  go(n, { announce = true, step = false } = {}) {
    n = Math.max(0, Math.min(this.pace.n, n));
    const from = this.n ?? 0;
    this.tau = n === 0 ? 0 : this.pace.when[n - 1];
    if (n === this.pace.n && !step) this.tau = this.pace.end;
    this.show(n, { jumped: !(step && n === from + 1), from, still: true });
    this.wake();
    if (announce && !this.playing) this.announce();
    return this;
  }
  /** Stand at second `told` of the telling. */
  seek(told) {
    this.tau = Math.max(0, Math.min(this.pace.end, told));
    this.show(countAt(this.pace, this.tau), { jumped: true, still: true });
    this.wake();
  }
  async step(by) {
    this.pause({ announce: false });
    if (by > 0 && this.n >= this.pace.n && this.line) await this.fetch(1);
    this.go(this.n + by, { step: true });
  }
  play() {
    if (this.tau >= this.pace.end && !this.line) this.go(0, { announce: false });
    this.playing = true;
    this.before = null;
    this.labelButton("pause", "Pause");
    this.wake();
  }
  pause({ announce = true } = {}) {
    if (!this.playing) return;
    this.playing = false;
    this.labelButton("play", "Play");
    this.show(this.n, { from: this.n, still: true });
    if (announce) this.announce();
  }
  labelButton(picture, label) {
    this.playButton.innerHTML = icon(picture);
    this.playButton.setAttribute("aria-label", label);
  }

  wake() {
    if (this.awake) return;
    this.awake = true;
    this.before = null;
    requestAnimationFrame((now) => this.frame(now));
  }

  frame(now) {
    this.awake = false;
    if (!this.root.isConnected) {
      this.playing = false;
      return;
    }
    const dt = this.before === null ? 0 : Math.min(0.1, (now - this.before) / 1000);
    this.before = now;
    if (this.playing) this.advance(dt, now);
    let moving = this.playing;
    for (const one of this.views) if (this.visible.has(one.name) && one.view.frame?.(dt)) moving = true;
    if (moving) {
      this.awake = true;
      requestAnimationFrame((next) => this.frame(next));
    }
  }

  advance(dt, now) {
    this.tau = Math.min(this.pace.end, this.tau + dt * this.speed);
    const n = countAt(this.pace, this.tau), pause = this.quiet.matches ? 700 : n === this.n ? 100 : 0;
    if (this.line && !this.line.over && this.pace.end - this.tau < 2 * this.speed) this.fetch();
    if (now - (this.shownAt ?? 0) >= pause) {
      this.shownAt = now;
      this.show(n, { jumped: this.quiet.matches, from: this.n });
    } else this.putClock();
    if (this.tau >= this.pace.end && (!this.line || this.line.over)) {
      this.show(this.pace.n, { from: this.n });
      this.pause();
    }
  }

  show(n, { jumped = false, from = this.n, still = false } = {}) {
    const left = this.runs.map(() => []);
    if (!jumped) for (let i = Math.max(from, n - 40); i < n; i++) if (LEAVES.includes(this.event(i).kind)) left[this.runOf[i]].push(this.event(i));
    const moved = n !== this.n;
    this.n = n;
    const counts = this.countsAt(n), t = this.second, last = n ? this.event(n - 1) : null;
    for (const one of this.views) {
      if (!this.visible.has(one.name)) continue;
      const run = this.runs[one.r], mine = last && this.runOf[n - 1] === one.r ? last : null;
      const moment = { state: run.replay.seek(counts[one.r]), count: counts[one.r], t, last: mine, left: left[one.r], jumped, still, selected: this.selected?.run === one.r ? this.selected : null };
      if (this.playing && one.name !== "store" && this.overtaxed(one)) continue;
      try {
        one.view.draw(moment);
      } catch (error) {
        one.view.reading.textContent = `This view cannot draw this moment: ${error.message}`;
      }
    }
    this.putClock();
    const busy = this.playing && performance.now() - (this.listed ?? 0) < 250;
    if ((moved || still) && !busy) {
      this.listed = performance.now();
      this.words.move(n - 1);
    }
  }

  putClock() {
    const now = performance.now();
    if (this.playing && now - (this.clockAt ?? 0) < 60) return;
    this.clockAt = now;
    const t = this.second, text = `${this.face(t)} · ${this.n} of ${this.pace.n}`;
    if (text !== this.clockText) {
      this.clockText = this.clock.textContent = text;
      this.range.setAttribute("aria-valuetext", `${this.face(t)}, ${this.n} of ${things(this.pace.n, "event", "events")}`);
    }
    const share = this.tau / (this.pace.end || 1);
    this.range.value = String(share);
    this.range.style.setProperty("--lic-fill", `${(share * 100).toFixed(2)}%`);
    this.told?.setAttribute("width", (share * this.overviewWidth).toFixed(1));
  }

  say(text) {
    this.live.textContent = text;
  }
  announce() {
    const e = this.n ? this.event(this.n - 1) : null, run = e && this.runs[this.runOf[this.n - 1]];
    this.say(e ? `${this.face(e.at)}. ${run.name ? `${run.name}: ` : ""}${sentence(e, run.who)}` : "At the beginning; nothing has happened yet.");
  }

  // Marking

  /** What event `i` is about, as something that can be marked in all views. */
  subject(i) {
    if (i < 0 || i >= this.pace.n) return null;
    const e = this.event(i), run = this.runOf[i], m = this.runs[run].messages.byPosition.get(this.placeOf[i]);
    if (m) return { type: "message", id: m.at, run };
    if (e.customer !== undefined) return { type: "customer", id: String(e.customer), run };
    const [pid] = about(e).pids;
    return pid ? { type: "process", id: pid, run } : null;
  }
  nextMessage(by) {
    const r = this.selected?.run ?? (this.n ? this.runOf[this.n - 1] : 0), { all } = this.runs[r].messages, count = this.countsAt(this.n)[r];
    const seen = all.filter((m) => m.at < count), at = seen.findIndex((m) => this.selected?.type === "message" && m.at === this.selected.position);
    const next = at < 0 ? seen.at(-1) : seen[at + by];
    if (next) this.select({ type: "message", id: this.runs[r].events[next.at].number ?? next.at, run: r });
  }
  /** Mark a customer, a process or a message in every view and in the list; null takes the mark away. */
  select(what) {
    if (what?.type === "message") {
      const { messages, events } = this.runs[what.run], m = messages.all.find((one) => (events[one.at].number ?? one.at) === what.id || one.at === what.id);
      what = m ? { ...what, position: m.at, taken: m.taken, number: events[m.at].number ?? m.at, pids: [m.from, m.to].filter(Boolean) } : null;
    }
    this.selected = what;
    this.show(this.n, { jumped: false, from: this.n });
    this.words.move(this.n - 1, { refill: true });
    if (!what) return;
    const run = this.runs[what.run];
    this.say(what.type === "message" ? `Marked: ${sentence(run.events[what.position], run.who)}` : what.type === "customer" ? `Marked: customer ${what.id}.` : `Marked: ${run.who(what.id)}.`);
  }

  // A world that still runs

  async fetch(least = 0) {
    if (this.fetching) return this.fetching;
    this.fetching = (async () => {
      const packed = await this.line.more(least || Math.ceil((this.pace.n / Math.max(1, this.pace.end)) * 4 * this.speed) + 4);
      this.fetching = null;
      if (packed) this.grow(packed);
    })();
    return this.fetching;
  }
  /** Add what the kernel sent: the newest events of the (one) run. */
  grow(packed) {
    const n = this.n, end = this.pace.end, stay = this.tau, run = this.runs[0], had = run.events.length === 0;
    if (packed.over) this.line.over = true;
    if (!packed.run) return;
    run.append(packed.run);
    this.spec.rate ??= had ? null : this.pace.rate;
    this.index();
    this.tau = n ? Math.max(this.pace.when[n - 1], Math.min(stay, this.pace.end)) : 0;
    if (had || this.offered.join() !== Object.keys(VIEWS).filter((name) => this.hasView(run, name)).join()) {
      this.n = n;
      this.spec.views = null;
      this.rebuild();
    } else {
      this.sketch();
      for (const one of this.views) if (one.name === "store" && this.visible.has("store")) one.view.layout(one.view.width);
      this.words.move(this.n - 1, { refill: true });
      this.putClock();
    }
    if (packed.follow && stay >= end && !this.playing) this.go(this.pace.n, { announce: false });
  }
}
