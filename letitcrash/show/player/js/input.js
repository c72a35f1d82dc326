// The reader's hands: buttons, slider, menu and keys, each of which calls the player.
import { VIEWS } from "./views.js";

/** Let `player` hear what is done in its `frame`. */
export function listen(player, frame) {
  const { range, speedMenu } = player;
  let later = 0;
  frame.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button?.dataset.do) act(player, button.dataset.do);
    if (button?.dataset.view && button.closest(".lic-views")) player.toggle(button.dataset.view);
  });
  range.addEventListener("input", () => {
    player.pause({ announce: false });
    player.seek(Number(range.value) * player.timeline.end);
    clearTimeout(later);
    later = setTimeout(() => player.announce(), 400);
  });
  speedMenu.addEventListener("change", () => player.setSpeed(Number(speedMenu.value)));
}

function act(player, what) {
  const acts = {
    play: () => (player.playing ? player.pause() : player.play()), forward: () => player.step(1), back: () => player.step(-1),
    first: () => player.go(0), last: () => player.go(player.timeline.n), flagged: () => player.goToFlagged(), crash: () => player.goToCrash(),
  };
  acts[what]();
}

/** A key pressed anywhere in the player. */
export function onKey(player, event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key !== "Tab") event.stopPropagation(); // a notebook around has one-letter commands of its own
  const big = event.shiftKey ? 10 : 1, page = Math.max(1, Math.round(player.timeline.n / 10));
  const keys = {
    ArrowRight: () => player.step(big), ArrowLeft: () => player.step(-big), Home: () => act(player, "first"), End: () => act(player, "last"),
    PageDown: () => player.step(page), PageUp: () => player.step(-page), "+": () => player.faster(1), "=": () => player.faster(1), "-": () => player.faster(-1),
    m: () => player.nextMessage(1), M: () => player.nextMessage(-1), g: () => act(player, "flagged"), G: () => act(player, "flagged"), c: () => act(player, "crash"), C: () => act(player, "crash"), Escape: () => player.select(null),
  };
  if (!event.target.closest("button, summary")) keys[" "] = () => act(player, "play");
  if (event.target.closest(".lic-event-list")) Object.assign(keys, { ArrowDown: () => player.step(1), ArrowUp: () => player.step(-1), Enter: () => player.select(player.selection.subject(player.n - 1)) });
  Object.keys(VIEWS).forEach((name, i) => { keys[String(i + 1)] = () => player.toggle(name); });
  if (event.target.matches("select") || !keys[event.key]) return;
  event.preventDefault();
  keys[event.key]();
}
