// The customers: each a piece of paper of its own, so that who walks is moved, and nothing is painted again.
import { leavesAs } from "./event_sentences.js";
import { MOOD, person } from "./person_shapes.js";
import { svg } from "./text.js";

const GO = { duration: 900, easing: "ease-in" };

export class CustomerFigures {
  constructor(context) {
    this.context = context;
    this.people = new Map();
    this.leaving = new Set();
  }
  /** Begin anew on the sheets `layers` (by name), drawn to `scale`; who comes in comes in at `entry`. */
  settle(layers, scale, entry) {
    Object.assign(this, { layers, scale, entry });
    this.people.clear();
    this.leaving.clear();
  }

  /** Put into the picture whoever is wanted (id -> {at, place, rank}), and let go whoever is not. */
  show(wanted, moment) {
    const { jumped, still, last } = moment, here = new Set(this.people.keys());
    if (jumped) this.clear();
    for (const [id, p] of this.people) if (!wanted.has(id)) this.retire(id, p, moment);
    for (const [id, want] of wanted) this.stand(id, want, moment);
    if (jumped) this.sort(); // while it plays, who comes later stands farther back, and is put behind the others
    for (const event of moment.left) if (event.kind === "Balked" && !jumped && !here.has(String(event.customer))) this.turnAway(event);
    if (jumped && still && leavesAs(last)) this.turnAway(last, true);
  }

  stand(id, { at: [x, y, layer], place, rank }, { state, t, jumped }) {
    const fresh = !this.people.has(id);
    if (fresh) this.people.set(id, { g: this.piece(), gait: 0 });
    const p = this.people.get(id), since = state.customers[id]?.since ?? t, wait = (t - since) / this.context.facts().mean;
    const mood = place.startsWith("till") ? 0 : wait < 2 ? 0 : wait < 5 ? 1 : 2;
    if (mood !== p.mood) {
      p.mood = mood;
      p.g.innerHTML = `${person(id, mood)}<ellipse class="ring" cx="1" cy=".8" rx="14" ry="4.4"/>`;
      p.g.dataset.mood = MOOD[mood];
    }
    if (p.layer !== layer) this.layers[(p.layer = layer)].prepend(p.g);
    if (p.place !== place || p.rank !== rank) {
      Object.assign(p, { place, rank });
      Object.assign(p.g.dataset, { customer: id, place, rank });
    }
    Object.assign(p, { tx: x, ty: y });
    if (fresh && !jumped) [p.x, p.y] = this.entry;
    if (jumped || this.context.still()) Object.assign(p, { x, y });
    this.put(p);
  }

  /** Someone who is no longer in the picture: gone with a jump, walking off when the run was played. */
  retire(id, p, moment) {
    this.people.delete(id);
    const event = moment.left.findLast((e) => String(e.customer) === id);
    if (moment.jumped || !event || this.leaving.size > 12 || this.context.still()) p.g.remove();
    else this.walkOff(p, event);
  }

  /** With a bag and content down to us, or without and angry to the door. With `stays`, only so far as to be seen. */
  walkOff(p, event, stays = false) {
    const angry = event.kind !== "Finished", to = angry ? [this.entry[0] - 60, this.entry[1]] : [p.x + 6, p.y + 60];
    p.g.innerHTML = person(event.customer, angry ? 3 : 0, angry ? "" : "bag");
    p.g.removeAttribute("data-customer");
    p.g.dataset.left = leavesAs(event);
    p.g.setAttribute("class", "person leaving");
    p.g.style.transform = this.spot(p.x, p.y);
    this.leaving.add(p);
    if (stays) return;
    p.g.animate([{ transform: this.spot(p.x, p.y), opacity: 1 }, { transform: this.spot(...to), opacity: 0 }], GO).onfinish = () => {
      p.g.remove();
      this.leaving.delete(p);
    };
  }
  turnAway(event, stays = this.context.still()) {
    const [x, y] = this.entry, p = { g: this.piece(), x: x + 30, y: y + 30 };
    this.layers.hall.append(p.g);
    this.walkOff(p, event, stays);
  }
  clear() {
    for (const p of this.leaving) p.g.remove();
    this.leaving.clear();
  }

  /** Those who stand nearer to us are drawn over those behind. */
  sort() {
    for (const [name, layer] of Object.entries(this.layers)) {
      if (!layer.classList.contains("lic-people")) continue;
      const here = [...this.people.values()].filter((p) => p.layer === name).sort((a, b) => a.ty - b.ty);
      layer.append(...here.map((p) => p.g));
    }
  }

  /** The transform that puts a piece's feet at (`x`, `y`), on whole pixels of the screen so that it is sharp. */
  spot(x, y) {
    const whole = (value) => Math.round(value * devicePixelRatio) / devicePixelRatio;
    return `translate(${whole(x - 30 * this.scale)}px, ${whole(y - 66 * this.scale)}px)`;
  }
  put(p) {
    const at = this.spot(p.x, p.x === p.tx && p.y === p.ty ? p.y : p.y - Math.abs(Math.sin(p.gait)) * 3);
    if (at !== p.at) p.g.style.transform = p.at = at;
  }

  /** One frame of walking, `dt` seconds long; true while anybody still walks. */
  frame(dt) {
    let moving = false;
    const pull = 1 - Math.exp(-dt * 11);
    for (const p of this.people.values()) {
      const dx = p.tx - p.x, dy = p.ty - p.y, far = Math.abs(dx) + Math.abs(dy);
      if (!far) continue;
      if (far < 0.4) Object.assign(p, { x: p.tx, y: p.ty });
      else {
        p.x += dx * pull;
        p.y += dy * pull;
        p.gait += Math.min(0.5, far * pull * 0.14);
        moving = true;
      }
      this.put(p);
    }
    return moving;
  }

  /** The paper for one customer, 60 by 72 units with the feet at (0, 0). */
  piece() {
    return svg(`<svg class="person" viewBox="-30 -66 60 72" width="${60 * this.scale}" height="${72 * this.scale}"></svg>`);
  }

  mark(selected, last) {
    const chosen = selected?.type === "customer" ? String(selected.id) : null;
    for (const [id, p] of this.people) {
      const now = last?.customer !== undefined && String(last.customer) === id;
      const look = `person${now ? " now" : ""}${id === chosen ? " chosen" : ""}`;
      if (look !== p.look) p.g.setAttribute("class", (p.look = look));
    }
  }
}
