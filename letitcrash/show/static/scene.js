// A scene whose pieces are dragged: each arrangement's result was run when the page was made, and is looked up here.

import { makeDraggable } from "./drag.js";
import { PAPER_WIDTH } from "./picture.js";

const SVG = "http://www.w3.org/2000/svg";
const BESIDE = 16; // pixels between lines that leave the same spot
const OUTSIDE = 13; // pixels from the edge of a spot to the handle of a line
const MARGINS = 40; // pixels left and right of the box on paper, together
const EDGE = 0.07; // of the width: before second 0, and after the last
const MARKS = { well: "", told: "✉", new: "↻", wrong: "✗", gone: "✗" };

const escaped = (text) => text.replace(/[&<]/g, (letter) => `&#${letter.charCodeAt(0)};`);
const middleOf = ([[x1, y1], [x2, y2]]) => [(x1 + x2) / 2, (y1 + y2) / 2];
const slope = ([[x1, y1], [x2, y2]]) => (Math.atan2(y2 - y1, x2 - x1) * 180) / Math.PI;

/** Brings the scene in `root` to life. `spec` is { spots, handles, lines, ordered, table, outcomes }. */
export function makeScene(root, spec) {
  const box = root.querySelector(".lic-scene-box");
  const said = root.querySelector(".lic-scene-said");
  const status = root.querySelector(".lic-status");
  const svg = box.appendChild(document.createElementNS(SVG, "svg"));
  svg.setAttribute("aria-hidden", "true");
  let now = { places: spec.handles.map(({ at }) => at), order: spec.spots.map((_, spot) => spot), option: 0 };
  let shown = null; // the key of the arrangement whose fates are shown

  const spots = spec.spots.map((spot, number) => {
    const element = put("lic-scene-spot", spec.ordered);
    element.innerHTML = `<b></b><small></small><span class="lic-scene-fate"></span>`;
    [element.children[0].textContent, element.children[1].textContent] = [spot.name, spot.words];
    if (spec.ordered) drag(element, (from, place) => ordered(from, number, place), () => placeOf(number), spec.spots.length, 0);
    return element;
  });
  const handles = spec.handles.map((handle, number) => {
    const element = put(`lic-scene-${handle.look}`, true);
    element.textContent = handle.words;
    const least = handle.seconds ? 1 : 0;
    drag(element, (from, place) => placed(from, number, place), () => valueOf(number), least + (handle.seconds || spec.spots.length), least);
    return element;
  });

  function put(look, isHandle) {
    const element = box.appendChild(document.createElement("div"));
    element.className = look;
    if (isHandle) Object.entries({ role: "slider", tabindex: 0 }).forEach(([name, value]) => element.setAttribute(name, value));
    return element;
  }

  /** Ties a piece to the places from `least` to below `most`; `to(from, place)` is arrangement `from` with the piece there. */
  function drag(element, to, place, most, least) {
    let before = now;
    makeDraggable(element, {
      begin() {
        before = now;
        return () => show(before);
      },
      move(x, y) {
        const { left, top } = box.getBoundingClientRect();
        show(to(before, nearest(element, x - left, y - top)));
        if (handleOf(element)?.look !== "time") at(element, [x - left, y - top]);
      },
      end() {
        draw();
        tell();
      },
      step(by, around) {
        const wanted = place() + by;
        show(to(now, around && wanted >= most ? least : Math.max(least, Math.min(most - 1, wanted))));
        tell();
      },
    });
  }

  const handleOf = (element) => spec.handles[handles.indexOf(element)];
  /** The second of a handle, or the place of its spot. */
  const valueOf = (number) => (spec.handles[number].seconds ? now.places[number] : placeOf(now.places[number]));

  /** The place whose middle is nearest to a point of the box. */
  function nearest(element, x, y) {
    const handle = handleOf(element);
    const far = handle?.seconds
      ? Array.from({ length: handle.seconds }, (_, second) => Math.abs(onLine(second + 1, handle)[0] - x))
      : spec.spots.map((_, place) => Math.hypot(middle(place)[0] - x, middle(place)[1] - y));
    return far.indexOf(Math.min(...far)) + (handle?.seconds ? 1 : 0);
  }

  /** Arrangement `from` with handle `number` at `place`; the other end of its line makes room. */
  function placed(from, number, place) {
    const places = [...from.places];
    const to = spec.handles[number].seconds ? place : from.order[place];
    const line = spec.lines.find(({ first, second }) => first === number || second === number);
    const other = line && (line.first === number ? line.second : line.first);
    if (line && places[other] === to) places[other] = places[number];
    places[number] = to;
    return { ...from, places };
  }

  /** Arrangement `from` with spot `spot` at `place` from the left; the others move up. */
  function ordered(from, spot, place) {
    const order = from.order.filter((each) => each !== spot);
    order.splice(place, 0, spot);
    return { ...from, order };
  }

  function key({ places, order, option }) {
    const sorted = [...places];
    for (const { first, second, directed } of spec.lines) {
      if (!directed && sorted[first] > sorted[second]) [sorted[first], sorted[second]] = [sorted[second], sorted[first]];
    }
    return [...sorted, ...(spec.ordered ? order : []), option].join(".");
  }

  const size = () => [box.clientWidth, box.clientHeight];
  /** The middle of a place, in pixels of the box. */
  const middle = (place) => [(spec.spots[place].x / 100) * size()[0], (spec.spots[place].y / 100) * size()[1]];
  const placeOf = (spot) => now.order.indexOf(spot);
  const onLine = (second, { seconds, row }) => [(EDGE + (second / seconds) * (1 - 2 * EDGE)) * size()[0], (row / 100) * size()[1]];
  const at = (element, [x, y]) => (element.style.translate = `calc(${x.toFixed(1)}px - 50%) calc(${y.toFixed(1)}px - 50%)`);

  function show(arrangement) {
    now = arrangement;
    draw();
    name();
    if (key(now) === shown) return;
    shown = key(now);
    const { fates, said: sentences } = spec.outcomes[spec.table[shown]];
    spots.forEach((spot, number) => {
      const [look, words, turn] = fates[number];
      spot.dataset.look = look;
      spot.style.setProperty("--lic-turn", turn);
      const fate = document.createElement("span");
      fate.className = "lic-scene-fate";
      fate.textContent = `${turn ? `${turn}. ` : ""}${MARKS[look] && `${MARKS[look]} `}${words}`;
      spot.querySelector(".lic-scene-fate").replaceWith(fate);
    });
    said.replaceChildren(...sentences.map((sentence) => Object.assign(document.createElement("li"), { textContent: sentence })));
  }

  const tell = () => (status.textContent = spec.outcomes[spec.table[shown]].said.join(" "));

  /** Tells a screen reader where each piece stands. */
  function name() {
    handles.forEach((element, number) => {
      const handle = spec.handles[number];
      const words = handle.seconds ? `${now.places[number]} s` : `at ${spec.spots[now.places[number]].name}`;
      const least = handle.seconds ? 1 : 0;
      describe(element, handle.name, valueOf(number), least, least + (handle.seconds || spec.spots.length) - 1, words);
    });
    if (!spec.ordered) return;
    spots.forEach((element, spot) => describe(element, spec.spots[spot].name, placeOf(spot), 0, spots.length - 1, `number ${placeOf(spot) + 1} of ${spots.length}`));
  }

  function describe(element, label, value, least, most, words) {
    const say = { "aria-label": label, "aria-valuenow": value, "aria-valuemin": least, "aria-valuemax": most, "aria-valuetext": words };
    Object.entries(say).forEach(([attribute, text]) => element.setAttribute(attribute, text));
  }

  function draw() {
    if (!box.clientWidth) return;
    spots.forEach((element, spot) => at(element, middle(placeOf(spot))));
    let drawn = "";
    spec.lines.forEach((line, number) => {
      const ends = [line.first, line.second].map((handle) => now.places[handle]);
      const points = endsOf(ends, (number - (spec.lines.length - 1) / 2) * BESIDE);
      [line.first, line.second].forEach((handle, end) => at(handles[handle], points[end]));
      drawn += `<path class="lic-scene-${line.look}" d="M${points[0]}L${points[1]}"/>`;
      if (line.directed) drawn += `<path class="lic-scene-tip" d="M-7-7L7 0L-7 7z" transform="translate(${middleOf(points)}) rotate(${slope(points)})"/>`;
    });
    handles.forEach((element, number) => {
      const handle = spec.handles[number];
      if (handle.look === "label") at(element, above(now.places[number]));
      if (!handle.seconds) return;
      const [x, y] = onLine(now.places[number], handle);
      at(element, [x, y]);
      const [zero] = onLine(0, handle);
      drawn += `<path class="lic-scene-track" d="M${zero} ${y}H${onLine(handle.seconds, handle)[0]}"/><path class="lic-scene-bar" d="M${zero} ${y}H${x}"/>`;
      drawn += `<text x="${zero}" y="${y - 20}">${escaped(handle.name)}: ${now.places[number]} s</text>`;
      for (let second = 0; second <= handle.seconds; second++) drawn += `<path class="lic-scene-tick" d="M${onLine(second, handle)[0]} ${y - 4}v8"/>`;
    });
    svg.innerHTML = drawn;
  }

  /** A label hangs on the upper edge of its spot. */
  function above(spot) {
    const [x, y] = middle(placeOf(spot));
    return [x, y - spots[spot].offsetHeight / 2 - 9];
  }

  /** The points at which a line between two spots leaves the one and reaches the other, `aside` its middle. */
  function endsOf([one, other], aside) {
    const [a, b] = [middle(placeOf(one)), middle(placeOf(other))];
    const long = Math.hypot(b[0] - a[0], b[1] - a[1]);
    const along = [(b[0] - a[0]) / long, (b[1] - a[1]) / long];
    const flip = one < other ? 1 : -1; // a line lies on the same side, whichever end is its first
    const across = [-along[1] * aside * flip, along[0] * aside * flip];
    const room = (spot) => {
      const [wide, high] = [spots[spot].offsetWidth / 2 + OUTSIDE, spots[spot].offsetHeight / 2 + OUTSIDE];
      return Math.min(wide / Math.abs(along[0] || 1e-9), high / Math.abs(along[1] || 1e-9));
    };
    return [
      [a[0] + along[0] * room(one) + across[0], a[1] + along[1] * room(one) + across[1]],
      [b[0] - along[0] * room(other) + across[0], b[1] - along[1] * room(other) + across[1]],
    ];
  }

  /**
   * A script learns no width of the paper, and pieces stand at pixels: on paper the scene has a width of its own. So has
   * its box, since the margins beside it are smaller on a phone's screen than on paper.
   */
  function setWidth(width, ofBox) {
    [root.style.width, box.style.width] = [width, ofBox];
    draw();
  }

  root.querySelectorAll("[data-control]").forEach((input) => input.addEventListener("change", () => {
    show({ ...now, option: Number(input.value) });
    tell();
  }));
  root.querySelector("form").addEventListener("submit", (event) => event.preventDefault());
  const resized = new ResizeObserver(draw);
  resized.observe(box);
  const toPaper = () => setWidth(`${PAPER_WIDTH}px`, `${PAPER_WIDTH - MARGINS}px`);
  const toScreen = () => setWidth("", "");
  addEventListener("beforeprint", toPaper);
  addEventListener("afterprint", toScreen);
  show(now);
  return {
    forget() {
      resized.disconnect();
      removeEventListener("beforeprint", toPaper);
      removeEventListener("afterprint", toScreen);
    },
  };
}
