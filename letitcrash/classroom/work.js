// Your work in one file. On the site's page the files come from the browser lane's storage, in a notebook from its kernel.

const PREFIX = "letitcrash/";
const ASIDE = ".letitcrash/before/";
const KERNEL = { display_name: "Python (Pyodide)", language: "python", name: "python" };

// Bets: what the pictures keep in this browser.

function bets() {
  const found = {};
  try {
    for (const key of Object.keys(localStorage).sort()) {
      if (key.startsWith(PREFIX)) found[key] = localStorage.getItem(key);
    }
  } catch {
    // a browser that keeps nothing has no bets to save
  }
  return found;
}

/** Writes the bets that are new here, then lets `write` bring the files; where it fails, the bets are as they were. */
async function withBets(kept, write) {
  const before = new Map();
  try {
    for (const [key, value] of Object.entries(kept)) {
      if (!key.startsWith(PREFIX) || typeof value !== "string" || localStorage.getItem(key) === value) continue;
      before.set(key, localStorage.getItem(key));
      localStorage.setItem(key, value);
    }
    const said = await write();
    if (before.size) said.push(`${before.size} ${before.size === 1 ? "bet" : "bets and answers"}: brought back`);
    return said;
  } catch (error) {
    for (const [key, value] of before) value === null ? localStorage.removeItem(key) : localStorage.setItem(key, value);
    throw error;
  }
}

// The browser lane's storage: one IndexedDB per address of the lane, a record per file.

function ask(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function openStorage(lane) {
  const opening = indexedDB.open(`JupyterLite Storage - ${new URL(lane, document.baseURI).pathname}`);
  opening.onupgradeneeded = () => opening.result.createObjectStore("files");
  return ask(opening);
}

function asText(record) {
  if (record.format !== "base64") return record.content;
  const bytes = Uint8Array.from(atob(record.content), (letter) => letter.charCodeAt(0));
  return new TextDecoder().decode(bytes);
}

function asEntry(record) {
  const notebook = record.format === "json";
  return { format: notebook ? "json" : "text", content: notebook ? record.content : asText(record) };
}

function asRecord(path, entry) {
  const notebook = entry.format === "json";
  const content = notebook
    ? { ...entry.content, metadata: { ...entry.content.metadata, kernelspec: KERNEL } }
    : entry.content;
  const mimetype = notebook ? "application/json" : path.endsWith(".py") ? "text/x-python" : "text/plain";
  return record(path, { content, mimetype, format: entry.format, type: notebook ? "notebook" : "file" });
}

function record(path, rest) {
  const now = new Date().toISOString();
  const size = new Blob([typeof rest.content === "string" ? rest.content : JSON.stringify(rest.content)]).size;
  return { name: path.split("/").pop(), path, created: now, last_modified: now, size, writable: true, ...rest };
}

function folders(path) {
  const names = path.split("/").slice(0, -1);
  return names.map((_, depth) => names.slice(0, depth + 1).join("/"));
}

async function storedFiles(lane) {
  const storage = await openStorage(lane);
  try {
    const records = await ask(storage.transaction("files").objectStore("files").getAll());
    const files = records.filter((file) => file.type !== "directory").map((file) => [file.path, asEntry(file)]);
    return Object.fromEntries(files.sort());
  } finally {
    storage.close();
  }
}

/** Writes all or nothing; says what came back. */
async function storeFiles(lane, files) {
  const storage = await openStorage(lane);
  try {
    const change = storage.transaction("files", "readwrite");
    const done = new Promise((resolve, reject) => {
      change.oncomplete = resolve;
      change.onabort = () => reject(change.error);
    });
    const store = change.objectStore("files");
    const said = [];
    for (const [path, entry] of Object.entries(files)) {
      const before = await ask(store.get(path));
      const next = asRecord(path, entry);
      if (before && same(asEntry(before), asEntry(next))) continue;
      let aside = "";
      if (before) {
        aside = await freePath(store, ASIDE + path);
        await put(store, { ...before, path: aside, name: aside.split("/").pop() });
      }
      await put(store, next);
      said.push(`${path}: brought back${aside && `; what was here is now ${aside}`}`);
    }
    await done;
    return said;
  } finally {
    storage.close();
  }
}

const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

async function put(store, file) {
  for (const folder of folders(file.path)) {
    if (await ask(store.getKey(folder))) continue;
    const made = record(folder, { content: [], mimetype: "application/json", format: "json", type: "directory" });
    await ask(store.put({ ...made, size: 0 }, folder));
  }
  await ask(store.put(file, file.path));
}

async function freePath(store, path) {
  const dot = path.lastIndexOf(".");
  let free = path;
  for (let number = 2; await ask(store.getKey(free)); number += 1) free = `${path.slice(0, dot)}-${number}${path.slice(dot)}`;
  return free;
}

// The file of work, checked as letitcrash.classroom.work does it.

function unpack(text) {
  let work;
  try {
    work = JSON.parse(text);
  } catch (error) {
    throw new Error(`the file is damaged or is no file of work (${error.message}); save it anew where you worked`);
  }
  if (work?.letitcrash !== "work") {
    throw new Error("this is another kind of file; bring back the one that the button Save my work made");
  }
  if (work.version !== 1) throw new Error(`the file is of version ${work.version}; this release reads version 1`);
  const isDict = (value) => value !== null && typeof value === "object" && !Array.isArray(value);
  if (!isDict(work.files) || !isDict(work.bets)) throw new Error("the file is damaged: it has no list of files and bets");
  for (const [path, entry] of Object.entries(work.files)) {
    if (!path || path.startsWith("/") || /[\\:]/.test(path) || path.split("/").includes("..")) {
      throw new Error(`the file would write to "${path}", outside your folder; it was not made by Save my work`);
    }
    const whole = entry?.format === "json" ? isDict(entry.content) : entry?.format === "text" && typeof entry.content === "string";
    if (!whole) throw new Error(`the file is damaged: ${path} cannot be read in it`);
  }
  return work;
}

/** The page's side: files in this browser's storage. */
function inThisBrowser(lane) {
  return {
    async save() {
      return JSON.stringify({ letitcrash: "work", version: 1, files: await storedFiles(lane), bets: bets() });
    },
    async bring(text) {
      const work = unpack(text);
      return withBets(work.bets, () => storeFiles(lane, work.files));
    },
    async count() {
      const files = Object.keys(await storedFiles(lane)).filter((path) => !path.startsWith(ASIDE));
      const notebooks = files.filter((path) => path.endsWith(".ipynb")).length;
      const parts = files.filter((path) => /^\.letitcrash\/[^/]+\.py$/.test(path)).length;
      const answers = Object.keys(bets()).length;
      if (!notebooks && !parts && !answers) return "This browser holds no work of yours yet.";
      const some = (number, one, many) => `${number} ${number === 1 ? one : many}`;
      const kept = (await navigator.storage?.persisted?.().catch(() => false))
        ? "It keeps them until you clear them."
        : "It may clear them when it runs short of room: save a copy.";
      return `In this browser: ${some(notebooks, "notebook", "notebooks")}, ${some(parts, "kept part", "kept parts")}, ${some(answers, "bet or answer", "bets and answers")}. ${kept}`;
    },
  };
}

/** A notebook's side: files where its kernel runs. */
function inThisKernel(model) {
  const answered = (message) =>
    new Promise((resolve, reject) => {
      model.on("msg:custom", receive);
      function receive(answer) {
        model.off("msg:custom", receive);
        if (answer.problem) reject(new Error(answer.problem));
        else resolve(answer);
      }
      model.send(message);
    });
  return {
    save: async () => (await answered({ ask: "save", bets: bets() })).text,
    async bring(text) {
      return withBets(unpack(text).bets, async () => (await answered({ ask: "bring", text })).said);
    },
    count: async () => "Notebooks, kept parts and bets of this place. Save your notebook first.",
  };
}

function inWords(error) {
  if (error?.name === "QuotaExceededError") return "This browser's storage is full; nothing was changed. Free some room, then try again.";
  if (error?.name === "SecurityError" || error?.name === "InvalidStateError" || error instanceof TypeError) {
    return "This browser keeps nothing for this page (private mode, or opened from a file). Open the site from its address in an ordinary window; the file you saved is as it was.";
  }
  return `${error?.message ?? error}. Nothing here was lost.`;
}

function download(text) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  link.download = "let-it-crash-work.json";
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

const STYLE = `
  .lic-work { border: 1px solid var(--lic-rule, #ccc); border-radius: 8px; padding: 0.4em 1.1em; margin: 1.5em 0; }
  .lic-work button, .lic-work label { font: 600 0.95em var(--lic-sans, system-ui, sans-serif); border-radius: 6px; }
  .lic-work button { padding: 0.5em 1em; border: 1px solid #bf7600; background: var(--lic-egg, #f2a900); color: #2b2620; }
  .lic-work label { display: block; margin: 1em 0 0.4em; }
  .lic-work input { display: block; margin-top: 0.4em; font: inherit; font-weight: 400; color: inherit; max-width: 100%; }
  .lic-work :focus-visible { outline: 3px solid var(--lic-teal, #1f6f78); outline-offset: 2px; }
  .lic-work-count { font-weight: 600; }
  .lic-work-said p { overflow-wrap: anywhere; }`;

function show(root, side) {
  root.innerHTML = `<style>${STYLE}</style>
    <div class="lic-work">
      <p class="lic-work-count"></p>
      <button type="button">Save my work</button>
      <label>Bring work back <input type="file" accept=".json,application/json"></label>
      <div class="lic-work-said" role="status"></div>
    </div>`;
  const [count, said] = [root.querySelector(".lic-work-count"), root.querySelector(".lic-work-said")];
  const tell = (sentences) => {
    said.replaceChildren(...sentences.map((sentence) => Object.assign(document.createElement("p"), { textContent: sentence })));
  };
  const recount = () => side.count().then((words) => (count.textContent = words), (error) => tell([inWords(error)]));
  root.querySelector("button").addEventListener("click", async () => {
    try {
      download(await side.save());
      tell(["Saved as let-it-crash-work.json, in your browser's folder for downloads."]);
    } catch (error) {
      tell([inWords(error)]);
    }
  });
  root.querySelector("input").addEventListener("change", async (event) => {
    const [file] = event.target.files;
    if (!file) return;
    try {
      const back = await side.bring(await file.text());
      tell(back.length ? back : ["Everything in it is here already."]);
    } catch (error) {
      tell([inWords(error)]);
    }
    event.target.value = "";
    recount();
  });
  recount();
}

export function render({ model, el }) {
  show(el, inThisKernel(model));
}

export default { render };

const page = globalThis.document?.querySelector("[data-lic-work]");
if (page) show(page, inThisBrowser(page.dataset.licWork));
