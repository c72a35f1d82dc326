// Makes one page of the whole book out of the page it runs in: `pages` in order, every picture drawn.
// Returns how many pictures are drawn, and how many there are.
async ({ pages, home }) => {
  const here = new URL(".", location.href);
  const prefix = (page) => page.replace(/\.html$/, "").replace(/\W+/g, "-");
  const article = document.querySelector("article.bd-article");
  const contents = Object.assign(document.createElement("ol"), { className: "lic-contents" });
  const assets = new Map();

  function link(anchor, from) {
    const to = new URL(anchor.getAttribute("href"), from);
    const page = to.href.slice(here.href.length).split("#")[0];
    if (!to.href.startsWith(here.href)) return;
    if (pages.includes(page)) anchor.setAttribute("href", `#${prefix(page)}${to.hash.replace("#", "--")}`);
    else if (home) anchor.setAttribute("href", new URL(to.href.slice(here.href.length), home));
    else anchor.removeAttribute("href");
  }

  function chapterOf(page, source) {
    const from = new URL(page, here);
    const chapter = source.querySelector("article.bd-article");
    for (const element of chapter.querySelectorAll("[id]")) element.id = `${prefix(page)}--${element.id}`;
    for (const name of ["for", "aria-labelledby", "aria-describedby"])
      for (const element of chapter.querySelectorAll(`[${name}]`))
        element.setAttribute(name, `${prefix(page)}--${element.getAttribute(name)}`);
    for (const anchor of chapter.querySelectorAll("a[href]")) link(anchor, from);
    for (const image of chapter.querySelectorAll("img[src]")) image.src = new URL(image.getAttribute("src"), from);
    for (const asset of source.querySelectorAll("script[src], link[rel=stylesheet]"))
      assets.set(new URL(asset.getAttribute("src") ?? asset.getAttribute("href"), from).href, asset);
    return chapter;
  }

  function load(url, like) {
    const made = document.createElement(like.localName);
    if (like.localName === "script") Object.assign(made, { src: url, type: like.type, async: false });
    else Object.assign(made, { href: url, rel: "stylesheet" });
    return new Promise((done) => {
      made.onload = made.onerror = done;
      document.head.append(made);
    });
  }

  const cover = document.createElement("header");
  cover.append(Object.assign(new Image(), { src: "_static/logo.svg", width: 160, alt: "" }));
  cover.append(Object.assign(document.createElement("p"), { className: "lic-book-title", textContent: "Let It Crash" }));
  article.replaceChildren(cover, contents);
  for (const page of pages) {
    const source = new DOMParser().parseFromString(await (await fetch(new URL(page, here))).text(), "text/html");
    const part = Object.assign(document.createElement("section"), { id: prefix(page), className: "lic-printed" });
    part.append(...chapterOf(page, source).childNodes);
    article.append(part);
    const line = document.createElement("li");
    const title = part.querySelector("h1").cloneNode(true);
    title.querySelector(".headerlink")?.remove();
    line.append(Object.assign(document.createElement("a"), { href: `#${prefix(page)}`, textContent: title.textContent }));
    contents.append(line);
  }
  const present = new Set([...document.querySelectorAll("script[src], link[rel=stylesheet]")].map((e) => e.src || e.href));
  const pictures = [...assets].filter(([url]) => url.includes("/_static/letitcrash/") && !present.has(url));
  await Promise.all(pictures.map(([url, like]) => load(url, like)));
  await globalThis.letitcrash?.drawAll();
  await document.fonts.ready;
  const plots = [...document.querySelectorAll(".lic-plot")];
  return [plots.filter((plot) => plot.querySelector("svg.main-svg")).length, plots.length];
}
