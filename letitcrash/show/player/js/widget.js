// A notebook: the same player, and a kernel that may have more to tell.
import { Player } from "./player.js";

export function render({ model, el }) {
  el.innerHTML = model.get("shell");
  const waiting = new Map();
  let number = 0;
  const ask = (content) => new Promise((resolve) => {
    number += 1;
    waiting.set(number, resolve);
    model.send({ ...content, number });
  });
  const spec = model.get("spec");
  const line = spec.live ? { over: spec.over, more: (least) => ask({ kind: "more", least }) } : null;
  const player = new Player(el.firstElementChild, spec, line);
  const onMessage = (content) => {
    if (content.number) {
      waiting.get(content.number)?.(content);
      waiting.delete(content.number);
    } else player.grow(content);
  };
  model.on("msg:custom", onMessage);
  el.firstElementChild.player = player;
  return () => {
    player.pause({ announce: false });
    model.off("msg:custom", onMessage);
  };
}
