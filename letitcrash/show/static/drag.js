// Dragging, for every piece that a reader may move: with a mouse, a finger, a pen, the arrow keys, or by tapping.

const SLACK = 5; // pixels that a hand may tremble in a tap

/**
 * Makes `element` a piece to drag. `begin()` is called before the first move and gives a function that takes all of it
 * back; `move(x, y)` with each position of the pointer, in pixels of the window; `end()` when the piece is let go.
 * A key, or a tap, moves it by a step: `step(by)`, and `step(-Infinity)` and `step(Infinity)` lead to the ends.
 */
export function makeDraggable(element, { begin, move, end, step }) {
  let from = null; // the pointer that is down, where it came down, and whether it has moved
  let takeBack = null;

  element.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || from) return;
    from = { id: event.pointerId, x: event.clientX, y: event.clientY, moved: false };
    element.setPointerCapture(event.pointerId);
  });
  element.addEventListener("pointermove", (event) => {
    if (from?.id !== event.pointerId) return;
    if (!from.moved && Math.hypot(event.clientX - from.x, event.clientY - from.y) < SLACK) return;
    if (!from.moved) {
      from.moved = true;
      takeBack = begin();
      element.classList.add("lic-dragged");
    }
    move(event.clientX, event.clientY);
  });
  const release = (event) => {
    if (from?.id !== event.pointerId) return;
    const { moved } = from;
    stop();
    if (moved) end();
    else step(1, true);
  };
  const cancel = () => {
    if (!from) return;
    const { moved } = from;
    stop();
    if (!moved) return;
    takeBack();
    end();
  };
  function stop() {
    from = null;
    element.classList.remove("lic-dragged");
  }
  element.addEventListener("pointerup", release);
  element.addEventListener("pointercancel", cancel);
  element.addEventListener("keydown", (event) => {
    if (event.key === "Escape") return cancel();
    const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1, Home: -Infinity, End: Infinity }[event.key];
    if (by === undefined || event.altKey || event.ctrlKey || event.metaKey) return undefined;
    event.preventDefault();
    return step(by, false);
  });
}
