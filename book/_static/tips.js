// Shows a term's definition on hover, on focus, and on the first tap; Escape closes it, the pointer may rest on it.
(() => {
  const links = document.querySelectorAll("a[data-tip]");
  if (!links.length) return;

  const tip = document.createElement("div");
  tip.id = "lic-tip";
  tip.setAttribute("role", "tooltip");
  tip.hidden = true;
  document.body.append(tip);
  let shown = null;
  let leaving = 0;

  function show(link) {
    clearTimeout(leaving);
    shown?.removeAttribute("aria-describedby");
    shown = link;
    tip.textContent = link.dataset.tip;
    tip.hidden = false;
    link.setAttribute("aria-describedby", tip.id);
    const at = link.getClientRects()[0];
    const room = document.documentElement.clientWidth - tip.offsetWidth - 12;
    const above = at.top > tip.offsetHeight + 12;
    tip.style.left = `${Math.max(12, Math.min(at.left, room)) + scrollX}px`;
    tip.style.top = `${(above ? at.top - tip.offsetHeight - 6 : at.bottom + 6) + scrollY}px`;
  }

  function hide() {
    clearTimeout(leaving);
    shown?.removeAttribute("aria-describedby");
    shown = null;
    tip.hidden = true;
  }

  function leave() {
    leaving = setTimeout(hide, 200);
  }

  for (const link of links) {
    let touched = false;
    link.addEventListener("pointerenter", (event) => event.pointerType !== "touch" && show(link));
    link.addEventListener("pointerleave", (event) => event.pointerType !== "touch" && leave());
    link.addEventListener("pointerdown", (event) => (touched = event.pointerType === "touch" && shown !== link));
    link.addEventListener("focus", () => show(link));
    link.addEventListener("blur", hide);
    link.addEventListener("click", (event) => {
      if (!touched) return;
      touched = false;
      event.preventDefault(); // the first tap explains, the second follows
      show(link);
    });
  }
  tip.addEventListener("pointerenter", () => clearTimeout(leaving));
  tip.addEventListener("pointerleave", leave);
  addEventListener("keydown", (event) => event.key === "Escape" && hide());
  addEventListener("pointerdown", (event) => shown && !event.target.closest("a[data-tip], #lic-tip") && hide());
})();
