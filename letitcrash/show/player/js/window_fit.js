// The player and its window: how much room the views have, and whether the controls are in sight.

/** Bars of the site that stay at the top of the window. */
const TOP_BARS = ".bd-header, .bd-header-article";

/** The scroller of the player: its nearest ancestor that really scrolls, or null for the window. */
function scrollerOf(el) {
  for (let up = el.parentElement; up && up !== document.body; up = up.parentElement)
    if (/auto|scroll/.test(getComputedStyle(up).overflowY) && up.scrollHeight > up.clientHeight + 1) return up;
  return null;
}
/** The pixels at the top of the window that are covered by the site's own bars. */
function coveredAbove() {
  const bars = [...document.querySelectorAll(TOP_BARS)].filter((bar) => /sticky|fixed/.test(getComputedStyle(bar).position) && bar.offsetHeight);
  return Math.max(0, ...bars.map((bar) => (parseFloat(getComputedStyle(bar).top) || 0) + bar.offsetHeight));
}

/** The pixels that the views may be high so that they and the transport below them fit into the window. */
export function roomFor(root, transport) {
  const scroller = scrollerOf(root), top = scroller ? 0 : coveredAbove();
  root.style.setProperty("--lic-top", `${top}px`);
  return Math.max(220, (scroller?.clientHeight ?? innerHeight) - top - transport.offsetHeight - 12);
}

/** True when the whole transport is in the window, and not below one of the site's bars. */
function isInSight(transport) {
  const { top, bottom } = transport.getBoundingClientRect();
  return top >= coveredAbove() - 1 && bottom <= innerHeight + 1;
}
/** Bring the transport into the window where it is not. */
export function bringIntoSight(root, transport) {
  if (!isInSight(transport)) transport.scrollIntoView({ block: "nearest", behavior: "instant" });
  if (!isInSight(transport)) root.scrollIntoView({ block: "start", behavior: "instant" });
}

/** Call `leave` when a scroll takes the transport out of the window while it plays; gives a function that ends the watch. */
export function watchSight(transport, isPlaying, leave) {
  const onScroll = () => { if (isPlaying() && !isInSight(transport)) leave(); };
  document.addEventListener("scroll", onScroll, { capture: true, passive: true });
  return () => document.removeEventListener("scroll", onScroll, { capture: true });
}
