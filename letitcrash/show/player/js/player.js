// The player: one position in one telling, several views of it, and the reader's hands on it.
import { frameOf, icon, overviewOf, SPEEDS } from "./controls.js";
import { FORMAT } from "./data.js";
import { listen, onKey } from "./hands.js";
import { WordList } from "./list.js";
import { Marks } from "./marks.js";
import { countAt, inWords, secondAt } from "./pace.js";
import { Run } from "./run.js";
import { offered, Stage, VIEWS } from "./stage.js";
import { Telling } from "./telling.js";
import { things } from "./text.js";
import { sentence } from "./words.js";

export class Player {
  /** `line` is null on a page; in a notebook it asks the kernel: `line.more()` gives what has happened since. */
  constructor(root, spec, line = null) {
    Object.assign(this, { root, spec, line, speed: 1, playing: false });
    this.quiet = matchMedia("(prefers-reduced-motion: reduce)");
    if (spec.version > FORMAT) spec.runs.forEach((run) => (run.notes ??= []).unshift(`This page knows version ${FORMAT} of a player's data, this is version ${spec.version}: what it knows is shown.`));
    const runs = spec.runs.map((packed, i) => new Run(packed, spec.names?.[i] ?? (spec.runs.length > 1 ? "AB"[i] : null)));
    this.telling = new Telling(runs, spec);
    this.marks = new Marks(this.telling);
    this.build(spec.views ?? null);
    root.addEventListener("keydown", (event) => onKey(this, event));
    this.quiet.addEventListener("change", () => this.go(this.n, { announce: false }));
    this.go(spec.at == null ? (spec.live ? this.telling.n : this.telling.opening) : this.telling.positionOf(spec.at), { announce: false });
  }
  get runs() {
    return this.telling.runs;
  }
  get pace() {
    return this.telling.pace;
  }
  get views() {
    return this.stage.views;
  }

  // Building

  build(wanted) {
    const { root, spec, telling } = this, two = telling.runs.length > 1, frame = document.createElement("div");
    this.stage = new Stage(this, wanted, root.clientWidth);
    frame.className = "lic-frame";
    frame.innerHTML = frameOf({
      why: spec.why, runs: telling.runs.length, rate: inWords(telling.pace.rate), notes: telling.runs.flatMap((run) => run.notes.map((note) => (two ? `${run.name}: ${note}` : note))),
      views: this.stage.offered.map((name) => [name, VIEWS[name].title, this.stage.visible.has(name)]),
    });
    for (const old of root.querySelectorAll(":scope > .lic-frame, :scope > .lic-still")) old.remove();
    const title = root.querySelector(":scope > .lic-title");
    if (title) title.after(frame);
    else root.prepend(frame);
    const find = (what) => frame.querySelector(what);
    Object.assign(this, { range: find(".lic-seek input"), overview: find(".lic-overview"), clock: find(".lic-clock"), clockText: null, live: find(".lic-live"), playButton: find('[data-do="play"]'), speedMenu: find(".lic-speed select") });
    this.setSpeed(this.speed);
    this.stage.settle(find(".lic-stage-of-runs"));
    this.words = new WordList(find(".lic-words"), {
      label: "What happens, in words", size: () => telling.n, choose: (n) => this.go(n),
      text: (i) => {
        const run = telling.runAt(i), e = telling.event(i);
        return { at: telling.face(e.at), words: sentence(e, run.who), run: two ? run.name : "", flag: this.isGuilty(i), look: this.marks.look(i) };
      },
    });
    listen(this, frame);
    this.room?.disconnect();
    this.room = new ResizeObserver(() => this.shape());
    this.shape();
    this.room.observe(this.stage.el);
  }
  isGuilty(i) {
    return this.spec.at != null && this.telling.runOf[i] === 0 && this.telling.numberOf(i) === this.spec.at;
  }
  shape() {
    if (this.stage.shape()) this.sketch();
  }
  /** The strip above the slider. */
  sketch() {
    const wide = this.overview.clientWidth || this.stage.width, { telling } = this;
    this.overview.setAttribute("viewBox", `0 0 ${wide} 32`);
    this.overview.innerHTML = overviewOf(telling.pace, (i) => telling.event(i), (i) => this.isGuilty(i), wide);
    this.told = this.overview.querySelector(".told");
    this.overviewWidth = wide;
    if (this.n !== undefined) this.told.setAttribute("width", ((this.tau / (telling.end || 1)) * wide).toFixed(1));
  }
  /** Show or hide a view; one that the author did not ask for is made first. */
  toggle(name) {
    const { stage } = this;
    if (!stage.offered.includes(name)) return;
    if (stage.kinds.includes(name)) stage.toggle(name);
    else {
      this.build([...stage.kinds, name]);
      this.stage.visible = new Set([...stage.visible, name]);
      this.stage.width = 0;
    }
    for (const button of this.root.querySelectorAll(".lic-views [data-view]")) button.setAttribute("aria-pressed", String(this.stage.visible.has(button.dataset.view)));
    this.shape();
    this.show(this.n, { jumped: true, still: true });
  }

  // Moving

  /** The virtual second at which the player stands. */
  get second() {
    return secondAt(this.telling.pace, this.tau);
  }
  /** Stand just after `n` events. */
  go(n, { announce = true, step = false } = {}) {
    const { telling } = this, from = this.n ?? 0;
    n = Math.max(0, Math.min(telling.n, n));
    this.tau = n === 0 ? 0 : n === telling.n && !step ? telling.end : telling.pace.when[n - 1];
    this.show(n, { jumped: !(step && n === from + 1), from, still: true });
    this.wake();
    if (announce && !this.playing) this.announce();
    return this;
  }
  goToGuilty() {
    if (this.spec.at != null) this.go(this.telling.positionOf(this.spec.at));
  }
  /** Stand at second `told` of the telling. */
  seek(told) {
    this.tau = Math.max(0, Math.min(this.telling.end, told));
    this.show(countAt(this.telling.pace, this.tau), { jumped: true, still: true });
  }
  async step(by) {
    this.pause({ announce: false });
    if (by > 0 && this.n >= this.telling.n && this.line) await this.fetch(1);
    this.go(this.n + by, { step: true });
  }
  faster(by) {
    this.setSpeed(SPEEDS[Math.max(0, Math.min(SPEEDS.length - 1, SPEEDS.indexOf(this.speed) + by))]);
    this.say(`Speed ${this.speed} times.`);
  }
  setSpeed(speed) {
    this.speed = speed;
    this.speedMenu.value = String(speed);
  }
  play() {
    if (this.playing) return;
    if (this.tau >= this.telling.end && !this.line) this.go(0, { announce: false });
    this.playing = true;
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

  /** Frames from now on, for as long as it plays or somebody walks. */
  wake() {
    if (this.awake) return;
    this.awake = true;
    this.before = null;
    requestAnimationFrame((now) => this.frame(now));
  }
  frame(now) {
    this.awake = this.root.isConnected;
    if (!this.awake) this.playing = false;
    const dt = this.before === null ? 0 : Math.min(0.1, (now - this.before) / 1000);
    this.before = now;
    if (this.playing) this.advance(dt, now);
    const walking = this.stage.frame(dt);
    this.awake &&= this.playing || walking;
    if (this.awake) requestAnimationFrame((next) => this.frame(next));
  }
  advance(dt, now) {
    const { telling, line } = this;
    this.tau = Math.min(telling.end, this.tau + dt * this.speed);
    const n = countAt(telling.pace, this.tau), pause = this.quiet.matches ? 700 : n === this.n ? 100 : 0;
    if (line && !line.over && telling.end - this.tau < 2 * this.speed) this.fetch();
    if (now - (this.shownAt ?? 0) >= pause) {
      this.shownAt = now;
      this.show(n, { jumped: this.quiet.matches, from: this.n });
    } else this.putClock();
    if (this.tau >= telling.end && (!line || line.over)) {
      this.show(telling.n, { from: this.n });
      this.pause();
    }
  }

  show(n, { jumped = false, from = this.n, still = false } = {}) {
    const moved = n !== this.n, now = performance.now();
    this.n = n;
    this.stage.draw(n, { t: this.second, from, jumped, still });
    this.putClock();
    if (!(moved || still) || (this.playing && now - (this.listed ?? 0) < 250)) return;
    this.listed = now;
    this.words.move(n - 1);
  }
  putClock() {
    const now = performance.now(), { telling } = this, t = this.second;
    if (this.playing && now - (this.clockAt ?? 0) < 60) return;
    this.clockAt = now;
    const text = `${telling.face(t)} · ${this.n} of ${telling.n}`, share = this.tau / (telling.end || 1);
    if (text !== this.clockText) {
      this.clockText = this.clock.textContent = text;
      this.range.setAttribute("aria-valuetext", `${telling.face(t)}, ${this.n} of ${things(telling.n, "event", "events")}`);
    }
    this.range.value = String(share);
    this.range.style.setProperty("--lic-fill", `${(share * 100).toFixed(2)}%`);
    this.told?.setAttribute("width", (share * this.overviewWidth).toFixed(1));
  }

  // Saying and marking

  say(text) {
    this.live.textContent = text;
  }
  announce() {
    const { n, telling } = this, e = n ? telling.event(n - 1) : null, run = e && telling.runAt(n - 1);
    this.say(e ? `${telling.face(e.at)}. ${run.name ? `${run.name}: ` : ""}${sentence(e, run.who)}` : "At the beginning; nothing has happened yet.");
  }
  nextMessage(by) {
    const next = this.marks.next(by, this.n);
    if (next) this.select(next);
  }
  /** Mark a customer, a process or a message in every view and in the list; null takes the mark away. */
  select(what) {
    this.marks.set(what);
    this.show(this.n, { from: this.n });
    this.words.move(this.n - 1, { refill: true });
    if (what) this.say(this.marks.words());
  }

  // A world that still runs

  async fetch(least = 0) {
    this.fetching ??= (async () => {
      const packed = await this.line.more(least || Math.ceil((this.telling.n / Math.max(1, this.telling.end)) * 4 * this.speed) + 4);
      this.fetching = null;
      if (packed) this.grow(packed);
    })();
    return this.fetching;
  }
  /** Add what the kernel sent: the newest events of the (one) run. */
  grow(packed) {
    const { telling, stage, n } = this, { end } = telling, stay = this.tau, [run] = telling.runs, had = run.events.length === 0;
    if (packed.over && this.line) this.line.over = true;
    if (!packed.run) return;
    run.append(packed.run);
    telling.grow();
    for (const words of this.root.querySelectorAll(".lic-rate")) words.textContent = inWords(telling.pace.rate);
    this.tau = n ? Math.max(telling.pace.when[n - 1], Math.min(stay, telling.end)) : 0;
    if (had || stage.offered.join() !== offered(telling.runs).join()) {
      this.build(null);
      this.go(n, { announce: false });
    } else {
      this.sketch();
      stage.grow();
      this.words.move(n - 1, { refill: true });
      this.putClock();
    }
    if (packed.follow && stay >= end && !this.playing) this.go(telling.n, { announce: false });
  }
}
