// A static page: every player of it, from the data beside it, without a kernel.
import { Player } from "./player.js";

function wakePlayers() {
  for (const root of document.querySelectorAll('.lic[data-lic="player"]:not([data-awake])')) {
    root.dataset.awake = "";
    try {
      root.player = new Player(root, JSON.parse(root.querySelector(".lic-data").textContent));
    } catch (error) {
      root.classList.add("lic-failed");
      console.error("letitcrash: a player could not be set up:", error);
    }
  }
}

if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", wakePlayers);
else wakePlayers();
