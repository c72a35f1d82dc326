// Shelves with price labels that fade with age, and the clerks on their way to the office for those that are not there.
import { clerk } from "./person_shapes.js";
import { cut, esc, things } from "./text.js";

const TAG = { w: 46, h: 20, gap: 6 }, HEAD = 20, WAY = 40, CELL = 118;
const MOST = 60; // labels drawn on a shelf; of more there is the number
const PEARLS = 5; // customers drawn on one string

export class ShelfView {
  static title = "Shelves";
  static legend = "A label is a price on the shelf; it pales as it ages, and shows its back when it is too old. A red one is wrong, for the price has changed since, and the shelf does not know. A clerk is on the way to the office for the price on his plate; one string ties together all customers who wait for it.";
  constructor(host, context) {
    Object.assign(this, { el: host, context });
    host.innerHTML = `<svg class="lic-shelves" role="img" aria-label="Shelves with their prices, and clerks on their way to the office"></svg><p class="lic-reading"></p>`;
    [this.picture, this.reading] = host.children;
  }

  /** Make room: `width` pixels. */
  layout(width) {
    const { shelves, keys } = this.context.facts();
    const across = Math.max(1, Math.floor((width - 12) / (TAG.w + TAG.gap))), slots = keys.slice(0, MOST);
    const rows = Math.max(1, Math.ceil(slots.length / across)), high = HEAD + rows * (TAG.h + TAG.gap) + WAY;
    this.plan = { width, shelves, slots, across, high, cells: Math.max(1, Math.floor((width - 50) / CELL)), top: HEAD };
    const height = this.plan.top + shelves * high;
    this.picture.setAttribute("viewBox", `0 0 ${width} ${height}`);
    this.picture.style.height = `${height}px`;
    this.shown = null;
    if (this.moment) this.draw({ ...this.moment, jumped: true });
  }

  draw(moment) {
    this.moment = moment;
    const now = performance.now();
    if (!this.plan || !(moment.still || moment.jumped || now - (this.drawnAt ?? 0) > 120)) return; // while it plays, eight pictures a second are enough
    this.drawnAt = now;
    const { state, t, last } = moment, found = Array.from({ length: this.plan.shelves }, (_, i) => shelfAt(state, i + 1, t));
    const markup = news(state, this.plan) + found.map((shelf, i) => drawn(shelf, this.plan, this.plan.top + i * this.plan.high, last)).join("");
    if (markup !== this.shown) this.picture.innerHTML = this.shown = markup;
    this.context.tell(this, told(found, state));
  }
}

/** The shelf `number` at second `t`: its labels, of what age, and its fetches. */
function shelfAt(state, number, t) {
  const { labels, fetching, waits } = state.shelves[number] ?? { labels: {}, fetching: {}, waits: {} }, { ttl } = state;
  const ageOf = (got) => (ttl === null ? 0 : ttl > 0 ? Math.min(1, (t - got) / ttl) : 1);
  const tags = new Map(Object.entries(labels).map(([key, got]) => [key, { age: ageOf(got), isWrong: (state.changed[key] ?? -Infinity) > got }]));
  return {
    number, tags, old: [...tags.values()].filter(({ age }) => age >= 1).length, wrong: [...tags.values()].filter(({ isWrong }) => isWrong).length,
    fetches: Object.keys(fetching).map((key) => ({ key, waits: waits[key] ?? [] })),
    waiting: Object.values(waits).reduce((sum, who) => sum + who.length, 0),
  };
}

const news = ({ news_stopped: stopped }, { width }) =>
  `<g data-news="${stopped ? "stopped" : "comes"}"><text class="${stopped ? "no-news" : "news"}" x="${width / 2}" y="14">${stopped ? "✕ NO NEWS FROM THE OFFICE" : "NEWS COMES FROM THE OFFICE"}</text></g>`;

function drawn({ number, tags, old, wrong, fetches, waiting }, plan, y, last) {
  const isHere = last?.store === number, here = isHere ? last.key : null;
  const slots = plan.slots.map((key, i) => {
    const x = 8 + (i % plan.across) * (TAG.w + TAG.gap), top = HEAD + Math.floor(i / plan.across) * (TAG.h + TAG.gap);
    return tag(key, tags.get(key), x, top, key === here);
  }).join("");
  const shown = fetches.slice(0, plan.cells), more = fetches.length - shown.length, ground = plan.high - 8;
  return `<g data-shelf="${number}" data-labels="${tags.size}" data-old="${old}" data-wrong="${wrong}" data-fetches="${fetches.length}" data-waiting-here="${waiting}" transform="translate(0 ${y})">` +
    `<rect class="wall" width="${plan.width}" height="${plan.high - 4}" rx="5"/><text class="shelf-name" x="8" y="14">SHELF ${number}</text>${slots}` +
    `<path class="ln post" d="M4 ${plan.high - WAY - 3}H${plan.width - 4}"/>` +
    shown.map((fetch, i) => onTheWay(fetch, 16 + i * CELL, ground)).join("") + (more ? `<text class="more-fetches" x="${plan.width - 6}" y="${ground - 4}">+${more}</text>` : "") + "</g>";
}

/** A label at its place: of `age` 0 to 1 of its life, from behind when that is over, or only its hook. */
function tag(key, known, x, y, isNow) {
  const shape = `M4 0H${TAG.w}V${TAG.h}H4L0 ${TAG.h / 2}Z`, at = `transform="translate(${x} ${y})"`;
  if (!known) return `<path class="hook${isNow ? " now" : ""}" d="M4 ${TAG.h}H${TAG.w}" ${at}/>`;
  const { age, isWrong } = known, isOld = age >= 1;
  return `<g class="tag${isNow ? " now" : ""}${isWrong ? " wrong" : ""}" data-label="${esc(key)}" data-wrong="${isWrong}" data-look="${isOld ? "old" : "fresh"}" ${at}>` +
    (isOld ? `<path class="back" d="${shape}"/><path class="ln" d="M10 4L${TAG.w - 5} ${TAG.h - 4}M10 ${TAG.h - 4}L${TAG.w - 5} 4" stroke-width="1"/>`
      : `<path class="front" d="${shape}" fill-opacity="${(1 - 0.7 * Math.max(0, age)).toFixed(2)}"/><text x="${TAG.w / 2 + 1}" y="14">${esc(cut(key.replace(/^price /, "№ "), 7))}</text>`) +
    `<path class="ln" d="${shape}" stroke-width="1.2"/></g>`;
}

/** A clerk on the way, with the price on a plate, and the string round the customers who wait. */
function onTheWay({ key, waits }, x, ground) {
  const pearls = waits.slice(0, PEARLS), more = waits.length - pearls.length;
  return `<g data-fetch="${esc(key)}" data-waits="${esc(waits.join(" "))}" transform="translate(${x} ${ground})"><g transform="scale(.62)">${clerk(key)}</g>` +
    `<text class="errand" x="12" y="-17">${esc(cut(key, 14))}</text>` +
    (waits.length ? `<path class="string" d="M8-7H${20 + pearls.length * 14 + (more ? 14 : 0)}"/>` : "") +
    pearls.map((id, i) => `<circle class="pearl" cx="${22 + i * 14}" cy="-7" r="4.6"><title>customer ${esc(id)} waits</title></circle>`).join("") +
    (more ? `<text class="errand" x="${16 + pearls.length * 14}" y="-3">+${more}</text>` : "") + "</g>";
}

const told = (found, state) => found.map(({ number, tags, old, wrong, fetches, waiting }) =>
  `Shelf ${number}: ${things(tags.size, "price")}${old ? `, ${old} too old` : ""}${wrong ? `, ${wrong} wrong` : ""}${fetches.length ? `, ${fetches.length} on the way for ${things(waiting, "customer")}` : ""}. `).join("") +
  `${things(state.fetches, "question")} to the office so far${state.failures ? `, ${state.failures} in vain` : ""}.${state.news_stopped ? " No news comes through." : ""}`;
