// A store to watch and touch: one recorded crowd, tills that the visitor opens and closes, and the line that follows.

import { daysWithCrashes } from "./schedule.js";

const RATE = 60; // seconds of the store in one of ours
const STILL_STEP = 60; // seconds of the store in a step, where the reader wants no motion
const GAP = 17; // pixels between two people in line, on a phone
const ROW = 20; // pixels between two rows of the line
const HEAD = { least: 4, most: 8 }; // pixels of radius, by the work in the basket
const WIDE = 620; // pixels of width from which everybody is drawn larger
const LARGER = 1.45;
const QUICKNESS = 7; // how fast people walk to where they should stand
const SVG = "http://www.w3.org/2000/svg";

/** Brings the store in `root` to life. `spec` is { arrived, served, tills, most, begins, ends, opens, lost }, in seconds. */
export function makeFloor(root, spec) {
  const find = (name) => root.querySelector(`.lic-floor-${name}`);
  const [hall, reading, clock, play, enter] = ["hall", "reading", "clock", "play", "walk-in"].map(find);
  const status = root.querySelector(".lic-status");
  const buttons = [...root.querySelectorAll("[data-till]")];
  const svg = hall.appendChild(document.createElementNS(SVG, "svg"));
  const people = new Map(); // customer -> the circle that stands for them
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  let now = spec.begins;
  let changes = [{ at: 0, open: buttons.map((_, till) => till < spec.tills) }];
  let crashes = [];
  let days = planned();
  let you = null;
  let playing = false;
  let asked = false; // the reader has paused or played: the picture no longer starts by itself
  let frame = 0;
  let last = 0;
  let scale = 1;

  function planned() {
    return daysWithCrashes(spec.arrived, spec.served, changes, crashes, spec.lost);
  }

  const today = () => days.findLast(({ from }) => from <= now);
  const open = () => changes.findLast((change) => change.at <= now).open;
  const clockAt = (seconds) => {
    const minutes = Math.floor(spec.opens * 60 + seconds / 60);
    return `${String(Math.floor(minutes / 60) % 24).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
  };
  const minutes = (seconds) => (seconds / 60).toFixed(1);
  const say = (text) => (status.textContent = text);

  function turn(till) {
    const before = open();
    if (before[till] && before.filter(Boolean).length === 1) {
      say("One till stays open: the people in line have nowhere else to go.");
      return;
    }
    const after = before.map((was, each) => (each === till ? !was : was));
    changes = [...changes.filter(({ at }) => at < now), { at: now, open: after }];
    crashes = crashes.filter(({ at }) => at < now);
    days = planned();
    draw(true);
    say(`Till ${till + 1} is ${after[till] ? "open" : "closed"}. ${reading.textContent}`);
  }

  /** The customer who came to a till last drops the eggs: in a store that is one program everybody goes out. */
  function drop() {
    const at = (each) => each.start <= now && now < each.end;
    const { customers } = today();
    const latest = customers.filter(at).sort((a, b) => b.start - a.start)[0];
    if (!latest) return say("Nobody is at a till, so nothing falls: let the clock run first.");
    crashes = [...crashes.filter((crash) => crash.at < now), { at: now, customer: customers.indexOf(latest) }];
    days = planned();
    draw(true);
    return say(`Eggs on the floor at till ${latest.till + 1}. ${reading.textContent}`);
  }

  function sentence() {
    const { opens, customers: day } = today();
    const waiting = day.filter(({ at, start }) => at <= now && now < start).length;
    const count = open().filter(Boolean).length;
    const next = day.find(({ at }) => at >= now);
    const first = `${clockAt(now)}. ${count} ${count === 1 ? "till is" : "tills are"} open and ${waiting} ${waiting === 1 ? "person stands" : "people stand"} in line`;
    const wait = next ? `: a customer who walks in now waits ${minutes(next.start - next.at)} minutes.` : ", and the doors are closed.";
    if (now < opens) return `${clockAt(now)}. The store is closed until ${clockAt(opens)}, for one carton: ${waiting} people line up anew.`;
    return first + wait + (you === null ? "" : ` ${yours(day[you])}`);
  }

  function yours({ at, start, work, till, end }) {
    const came = `You came at ${clockAt(at)} with ${minutes(work)} minutes of work`;
    if (now < at) return "You are at the door.";
    if (now < start) return `${came} and have waited ${minutes(now - at)} minutes.`;
    if (now < end) return `${came}, waited ${minutes(start - at)} minutes and are at till ${till + 1}.`;
    return `${came}, waited ${minutes(start - at)} minutes and went home.`;
  }

  /** Puts everybody where they belong at `now`; `seconds` of ours have passed, or none where all jump there at once. */
  function draw(jump, seconds = 0) {
    const width = hall.clientWidth || 600;
    const height = hall.clientHeight;
    scale = width >= WIDE ? LARGER : 1;
    const [gap, high] = [GAP * scale, ROW * scale];
    const inRow = Math.max(1, Math.floor((width - gap) / gap));
    const rows = Math.max(1, Math.floor((height - 74) / high));
    const at = (till) => ((till + 0.5) * width) / buttons.length;
    svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
    const { opens, customers: day } = today();
    let place = 0;
    const seen = new Set();
    day.forEach((each, customer) => {
      if (each.at > now || each.end + RATE < now) return;
      let spot;
      if (now < each.start) {
        const row = Math.floor(place / inRow);
        const column = row % 2 ? inRow - 1 - (place % inRow) : place % inRow;
        spot = [gap + column * gap, 74 + row * high];
        place += 1;
        if (row >= rows) return;
      } else spot = now < each.end ? [at(each.till), 24] : [at(each.till), -2 * HEAD.most * scale];
      seen.add(customer);
      put(customer, each, spot, [width + gap, height - high], jump ? 1 : Math.min(1, seconds * QUICKNESS));
    });
    for (const [customer, circle] of people) {
      if (seen.has(customer)) continue;
      circle.remove();
      people.delete(customer);
    }
    find("more").textContent = place > rows * inRow ? `and ${place - rows * inRow} more` : "";
    const isOpen = now < opens ? buttons.map(() => false) : open();
    buttons.forEach((button, till) => {
      button.setAttribute("aria-pressed", isOpen[till]);
      const customer = day.find((each) => each.till === till && each.start <= now && now < each.end);
      button.style.setProperty("--lic-left", customer ? (customer.end - now) / customer.work : 0);
    });
    reading.textContent = sentence();
    clock.value = Math.round(now / 60);
    clock.setAttribute("aria-valuetext", clockAt(now));
    clock.style.setProperty("--lic-fill", `${(clock.value / clock.max) * 100}%`);
    find("time").textContent = clockAt(now);
  }

  function put(customer, { work }, [x, y], door, share) {
    let circle = people.get(customer);
    if (!circle) {
      circle = svg.appendChild(document.createElementNS(SVG, "circle"));
      circle.place = share === 1 ? [x, y] : door;
      people.set(customer, circle);
    }
    circle.classList.toggle("lic-you", customer === you);
    circle.setAttribute("r", scale * (customer === you ? HEAD.most : Math.min(HEAD.most, HEAD.least + Math.sqrt(work) / 5)));
    circle.place = [circle.place[0] + (x - circle.place[0]) * share, circle.place[1] + (y - circle.place[1]) * share];
    circle.setAttribute("cx", circle.place[0].toFixed(1));
    circle.setAttribute("cy", circle.place[1].toFixed(1));
  }

  function step(time) {
    frame = requestAnimationFrame(step);
    const seconds = Math.min(0.1, (time - last) / 1000);
    if (still.matches && time - last < 1000) return;
    last = time;
    now = Math.min(spec.ends, now + (still.matches ? STILL_STEP : seconds * RATE));
    draw(still.matches, seconds);
    if (now >= spec.ends) run(false);
  }

  function run(on) {
    playing = on;
    play.textContent = on ? "Pause" : "Play";
    cancelAnimationFrame(frame);
    if (!on) return;
    if (now >= spec.ends) now = spec.begins;
    last = performance.now();
    frame = requestAnimationFrame(step);
  }

  buttons.forEach((button, till) => button.addEventListener("click", () => turn(till)));
  play.addEventListener("click", () => {
    asked = true;
    run(!playing);
  });
  clock.addEventListener("input", () => {
    now = clock.value * 60;
    draw(true);
  });
  find("drop")?.addEventListener("click", drop);
  enter.addEventListener("click", () => {
    const next = spec.arrived.findIndex((at) => at >= now);
    if (next < 0) return say("The doors are closed: turn the clock back to walk in.");
    you = next;
    now = spec.arrived[next];
    draw(false);
    say(sentence());
    if (!playing && !still.matches) run(true);
    asked = true;
  });
  root.querySelector("form").addEventListener("submit", (event) => event.preventDefault());
  new ResizeObserver(() => draw(true)).observe(hall);
  const near = new IntersectionObserver(([entry]) => {
    if (!entry.isIntersecting) run(false);
    else if (!asked && !still.matches) run(true);
  }, { threshold: 0.3 });
  near.observe(root);
  addEventListener("beforeprint", () => draw(true));
  draw(true);
  return {
    forget() {
      run(false);
      near.disconnect();
    },
  };
}
