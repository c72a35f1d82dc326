// "Run in your browser": says what this browser lacks before it is left, and shows how far the first start is.

const MEGABYTE = 1e6;

function obstacle() {
  if (location.protocol === "file:") {
    return "This page was opened from a file, and a browser runs Python only on pages that a server sends. Run make book, or open the site from its address; reading works here all the same.";
  }
  if (typeof WebAssembly !== "object") {
    return "This browser has no WebAssembly, so it cannot run Python. Download the notebook for Jupyter on your own machine, or open this page in a current Firefox, Chrome, Edge or Safari.";
  }
  return "";
}

const NO_FOLDER =
  "the notebook runs, but kept parts last only until you leave. Save your notebook as a file before you go.";

/** Says what would be lost, where the lane works but keeps nothing. */
async function warning(lane) {
  if (!("serviceWorker" in navigator)) {
    return `This browser has no service workers here (private mode, or an address without https): ${NO_FOLDER}`;
  }
  try {
    const workers = navigator.serviceWorker; // tried out and taken back, so that JupyterLite begins as on a first visit
    if (!(await workers.getRegistration(lane))) {
      await (await workers.register(new URL("service-worker.js", lane))).unregister();
    }
  } catch (error) {
    return `This browser refuses the lane's service worker (${error.message}): ${NO_FOLDER}`;
  }
  try {
    await new Promise((resolve, reject) => {
      const opening = indexedDB.open("letitcrash probe");
      opening.onsuccess = () => resolve(opening.result.close());
      opening.onerror = () => reject(opening.error);
    });
  } catch {
    return "This browser keeps nothing for this site (private mode?): the notebook runs, but it is gone when you close it. Save it as a file before you go.";
  }
  return "";
}

/** Fetches what the start needs into the browser's cache, and tells after each piece how many bytes are there. */
async function fetchAhead(lane, tell) {
  const sizes = Object.entries(await (await fetch(new URL("start.json", lane))).json());
  const total = sizes.reduce((sum, [, size]) => sum + size, 0);
  let there = 0;
  const fetchOne = async ([path]) => {
    const reader = (await fetch(new URL(path, lane))).body.getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      there += value.length;
      tell(there, total);
    }
  };
  await Promise.all(sizes.map(fetchOne));
}

function panel(link) {
  const made = document.createElement("div");
  made.className = "lic-start";
  made.setAttribute("role", "status");
  link.closest("nav").after(made);
  return made;
}

async function start(link, place) {
  const problem = obstacle();
  if (problem) {
    place.textContent = problem;
    return;
  }
  const lane = new URL("..", link.href.split("?")[0]);
  const note = await warning(lane);
  if (note && !place.dataset.warned) {
    place.dataset.warned = "yes";
    const go = Object.assign(document.createElement("button"), { type: "button", textContent: "Run it all the same" });
    go.addEventListener("click", () => start(link, place));
    place.replaceChildren(`${note} `, go);
    return;
  }
  navigator.storage?.persist?.().catch(() => {}); // else a browser short of space may throw the reader's work away
  const bar = document.createElement("progress");
  bar.setAttribute("aria-label", "Fetching Python");
  const words = document.createElement("span");
  place.replaceChildren(bar, " ", words);
  try {
    await fetchAhead(lane, (there, total) => {
      [bar.value, bar.max] = [there, total];
      words.textContent = `Fetching Python: ${Math.round(there / MEGABYTE)} of ${Math.round(total / MEGABYTE)} MB`;
    });
    words.textContent = "Starting Python in this tab. A few seconds more.";
    location.assign(link.href);
  } catch (error) {
    place.textContent = `The start could not be fetched (${error.message}). Look at the connection and try again; the page itself needs none.`;
  }
}

for (const link of document.querySelectorAll('.lic-ways a[href*="lite/notebooks/"]')) {
  let place = null;
  link.addEventListener("click", (event) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    place ??= panel(link);
    start(link, place);
  });
}

// Back from the notebook, with the page as it was left: forget the progress.
addEventListener("pageshow", (event) => {
  if (event.persisted) document.querySelector(".lic-start")?.replaceChildren();
});
