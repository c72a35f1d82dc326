// The events in words: a list that moves along, for eyes and for screen readers.
import { esc } from "./text.js";

const PIECE = 24;

export class EventList {
  constructor(host, { size, text, choose, label }) {
    Object.assign(this, { host, size, text, choose, from: 0, to: -1, now: -1 });
    host.setAttribute("role", "listbox");
    host.setAttribute("aria-label", label);
    host.tabIndex = 0;
    this.id = `lic-list-${(EventList.count = (EventList.count ?? 0) + 1)}`;
    host.addEventListener("click", (event) => {
      const option = event.target.closest("[data-i]");
      if (option) choose(Number(option.dataset.i) + 1);
    });
    host.addEventListener("scroll", () => this.reach(), { passive: true });
  }

  item(i) {
    const { at, words, run, flag, look } = this.text(i);
    return `<div role="option" id="${this.id}-${i}" data-i="${i}" aria-setsize="${this.size()}" aria-posinset="${i + 1}" aria-selected="${i === this.now}" class="${look}${flag ? " flagged" : ""}">` +
      `<span class="lic-at">${esc(at)}</span>${run ? `<b class="lic-run">${esc(run)}</b>` : ""}<span>${flag ? "⚑ " : ""}${esc(words)}</span></div>`;
  }

  fill(from, to) {
    this.from = Math.max(0, from);
    this.to = Math.min(this.size(), to);
    let html = "";
    for (let i = this.from; i < this.to; i++) html += this.item(i);
    this.host.innerHTML = html || `<div role="option" aria-selected="false">Nothing has happened.</div>`;
    this.row = null;
  }

  /** More at the end at which the reader scrolls, the rows in view staying where they are. */
  reach() {
    const { host } = this;
    if (this.quiet || this.to < 0) return;
    const before = host.scrollTop < 40 && this.from > 0, after = host.scrollTop + host.clientHeight > host.scrollHeight - 40 && this.to < this.size();
    if (!before && !after) return;
    const anchor = host.querySelector(`[data-i="${before ? this.from : this.to - 1}"]`), offset = anchor.offsetTop - host.scrollTop;
    this.fill(before ? this.from - PIECE : this.from + PIECE, before ? this.from + PIECE * 2 : this.to + PIECE);
    const again = host.querySelector(`[data-i="${anchor.dataset.i}"]`);
    if (again) host.scrollTop = again.offsetTop - offset;
    this.mark();
  }

  /** Make event `now` (−1: none yet) the current one and bring it into view. */
  move(now, { refill = false } = {}) {
    this.now = now;
    const centre = Math.max(0, now);
    if (refill || this.to < 0 || centre < this.from + (this.from ? 8 : 0) || centre >= this.to - (this.to < this.size() ? 8 : 0))
      this.fill(centre - PIECE, centre + PIECE);
    this.mark();
    if (this.waiting) return;
    this.waiting = requestAnimationFrame(() => { // once a frame, when the page is laid out anyway
      this.waiting = 0;
      this.quiet = true;
      this.host.scrollTop = this.row ? this.row.offsetTop - this.host.clientHeight * 0.4 : 0;
      requestAnimationFrame(() => { this.quiet = false; });
    });
  }

  mark() {
    const row = this.host.querySelector(`[data-i="${this.now}"]`);
    for (const old of this.host.querySelectorAll('[aria-selected="true"]')) if (old !== row) old.setAttribute("aria-selected", "false");
    row?.setAttribute("aria-selected", "true");
    this.row = row;
    if (row) this.host.setAttribute("aria-activedescendant", row.id);
    else this.host.removeAttribute("aria-activedescendant");
  }
}
