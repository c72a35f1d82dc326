// Those who are in the store: customers in their coats, clerks in their paper caps, the butcher.
import { dot, fill, line, pick, print } from "./shapes.js";

const COAT = "M-11-3C-13.5-15-9-25.5 0-25.5S13.5-15 11-3Q0-.5-11-3Z";
const COATS = [
  () => line("M0-24V-3M-2.6-18h.1M-2.6-12h.1M-2.6-6.5h.1"),
  () => line("M-10.8-17Q0-14.5 10.8-17M-11.8-11.5Q0-9 11.8-11.5M-11.8-6.5Q0-4 11.8-6.5"),
  () => [[-5, -17], [4, -19], [0, -12], [-7, -9], [7, -11], [2, -6]].map(([x, y]) => dot(x, y, 1.5, "line")).join(""),
  () => line("M-4.5-24.5Q-6-13-5.5-2.2M4.5-24.5Q6-13 5.5-2.2M-11.6-14Q0-11.5 11.6-14M-11.8-8Q0-5.5 11.8-8", 'stroke-width="1"'),
];
const HATS = [
  { fills: fill("hair", "M-8.6-32C-9.5-44 9.5-44 8.6-32Q4-37.5-2-37Q-7-36-8.6-32Z") + dot(0, -42.5, 3.6, "hair"), lines: "" },
  { fills: fill("brick", "M-8.6-34.5C-8-43.5 8-43.5 8.6-34.5L13-33.4Q5-36-8.6-34.5Z"), lines: line("M-8.6-34.5C-8-43.5 8-43.5 8.6-34.5L13-33.2Q3-36-8.6-34.5Z") },
  { fills: fill("yolk", "M-9-34C-9-44.5 9-44.5 9-34Q0-36.5-9-34Z") + dot(0, -43.2, 2.6, "paper"), lines: line("M-9-34C-9-44.5 9-44.5 9-34Q0-36.5-9-34Z") + line("M-2.6-43.2a2.6 2.6 0 1 0 5.2 0a2.6 2.6 0 1 0-5.2 0") },
  { fills: "", lines: line("M-4-28.2Q-2-30.4 0-28.6Q2-30.4 4-28.2", 'stroke-width="2.4"') + line("M-2.5-38.4Q0-39.6 2.5-38.4") },
  { fills: fill("plum", "M-9.6-29C-11.5-44.5 11.5-44.5 9.6-29L7.4-27Q9-36 0-36.6Q-9-36-7.4-27Z"), lines: line("M-9.6-29C-11.5-44.5 11.5-44.5 9.6-29M-7.4-27Q-9-36 0-36.6Q9-36 7.4-27M-7.4-27L-9.6-29M7.4-27L9.6-29") },
  { fills: fill("hair", "M-9-29C-12-43 12-43 9-29L9.5-23.5Q7-24 6.5-29Q5-36-3-36.5Q-6.5-34-6.5-29Q-7-24-9.5-23.5Z"), lines: "" },
];
const EYES = line("M-3.1-32.2v.9M3.1-32.2v.9", 'stroke-width="2.1"');
const MOODS = [
  EYES + line("M-2.8-28.3Q0-25.8 2.8-28.3"),
  EYES + line("M-2.4-27.6H2.4"),
  EYES + line("M-5-35.2L-1.8-34.2M5-35.2L1.8-34.2M-2.6-27Q0-29 2.6-27"),
  EYES + line("M-5.4-35.8L-1.4-33.6M5.4-35.8L1.4-33.6M-3-26.4Q0-29.8 3-26.4") + dot(-5.4, -29.4, 1.6, "brick") + dot(5.4, -29.4, 1.6, "brick"),
];
/** The mood of a customer, in words, by the number that draws the face. */
export const MOOD = ["calm", "waiting", "impatient", "angry"];

/** The contents of baskets: eggs in each, for that is what can be dropped, and one thing more. */
const GOODS = [
  print(fill("kraft", "M13-11.5L17-21.5Q19.6-22 20-19.5L17.5-11.5Z"), line("M13-11.5L17-21.5Q19.6-22 20-19.5L17.5-11.5M16.6-17.5l2 .8M15.6-15l2 .8", 'stroke-width="1.1"')),
  print(fill("sage", "M14-12Q11-19 14-21Q15-18.6 16-22Q19-20 17-12Z"), line("M14-12Q11-19 14-21Q15-18.6 16-22Q19-20 17-12M15.6-13V-17", 'stroke-width="1.1"')),
  print(fill("skyink", "M14-11.5V-17.5L15-19V-21.5H17V-19L18-17.5V-11.5Z"), line("M14-11.5V-17.5L15-19V-21.5H17V-19L18-17.5V-11.5M14-15.5H18", 'stroke-width="1.1"')),
  print(dot(14.6, -12.6, 2.6, "brick") + dot(17.6, -12.2, 2.4, "brick"), '<circle cx="14.6" cy="-12.6" r="2.6"/><circle cx="17.6" cy="-12.2" r="2.4"/>'),
];
const BASKET = print(
  fill("eggwhite", "M8-11.5a2.3 3 0 1 1 4.6 0Z") + fill("yolk", "M7-11.5H19L17.4-4H8.6Z"),
  line("M8-11.5a2.3 3 0 1 1 4.6 0M7-11.5H19L17.4-4H8.6Z") + line("M8-11.5Q13-24 18-11.5", 'stroke-width="1.1"') + line("M10.5-9.5V-6M13-9.5V-6M15.5-9.5V-6", 'stroke-width=".9"'),
);
const BAG = print(fill("kraft", "M8-15H18L19-2.5H7Z") + fill("sage", "M10-15Q9-20 12-19Q13-22 15-19Q18-19 16-15Z"),
  line("M8-15H18L19-2.5H7ZM10-15Q9-20 12-19Q13-22 15-19Q18-19 16-15"));
const SHOES = (gap) => `<path class="ln" fill="var(--line)" d="M${-gap - 3.6} 0a3.6 2.2 0 0 1 7.2 0ZM${gap - 3.6} 0a3.6 2.2 0 0 1 7.2 0Z"/>`;
const SCRIBBLE = `<path class="ln cross" d="M-9-49C-14-56-4-61-2-55C0-64 9-60 6-54C14-57 13-47 6-48C0-44-6-45-9-49ZM-4-53L-1-50M4-54L2-50"/>`;

/** A customer, feet at the origin, facing us. `mood` is 0..3; `holds` is "basket", "bag" or nothing. */
export function person(id, mood = 0, holds = "basket") {
  const coat = pick(["brick", "sage", "skyink", "yolk", "plum", "kraft"], id, 1);
  const hat = pick(HATS, id, 3);
  return `<ellipse cx="1" cy=".8" rx="12" ry="3" class="shade"/>${SHOES(4.5)}${print(
    fill(coat, COAT) + `<circle cx="0" cy="-31.5" r="8.6" fill="var(--${pick(["skin1", "skin2", "skin3", "skin4"], id, 4)})"/>` + hat.fills,
    line(COAT) + `<circle cx="0" cy="-31.5" r="8.6"/>` + pick(COATS, id, 2)() + hat.lines + MOODS[mood],
  )}${holds === "basket" ? pick(GOODS, id, 6) + BASKET : holds === "bag" ? BAG : ""}${mood > 2 ? SCRIBBLE : ""}`;
}

/** The clerk of a till: a paper cap and an apron; `butcher` has the moustache, the stripes and the cleaver. */
export function clerk(id, butcher = false) {
  const skin = pick(["skin1", "skin2", "skin3", "skin4"], id, 4);
  const apron = "M-7-20L7-20L9.5-2.6Q0-.8-9.5-2.6Z";
  return print(
    fill("skyink", COAT) + `<circle cx="0" cy="-31.5" r="8.6" fill="var(--${skin})"/>` + fill("paper", apron) + fill("paper", "M-8.4-35.5L-6-43.5H6L8.4-35.5Q0-38-8.4-35.5Z"),
    line(COAT) + `<circle cx="0" cy="-31.5" r="8.6"/>` + line(apron) + line("M-8.4-35.5L-6-43.5H6L8.4-35.5Q0-38-8.4-35.5ZM-6-43.5L0-37.4L6-43.5") + EYES +
      (butcher ? line("M-6-27.4Q-3-30.6 0-28.4Q3-30.6 6-27.4", 'stroke-width="2.6"') + line("M-4-19V-2.4M0-19V-1.8M4-19V-2.4", 'class="cross"') : line("M-2.8-28.3Q0-25.8 2.8-28.3") + line("M-3-12H3V-7H-3Z", 'stroke-width="1"')),
  ) + (butcher ? `<g transform="translate(13 -14) rotate(14)">${print(fill("steel", "M-3-14H6V-5H-3Z"), line("M-3-14H6V-5H-3ZM-1.4-5V3"))}</g>` : "");
}
