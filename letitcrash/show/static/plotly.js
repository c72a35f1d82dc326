// Plotly, loaded once a page however many pictures ask for it.

/** Loads a classic script; the promise is Plotly, or an Error with what went wrong. */
export function plotlyFrom(url) {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = url;
    script.async = true;
    script.onload = () => (globalThis.Plotly ? resolve(globalThis.Plotly) : reject(new Error(`no Plotly in ${url}`)));
    script.onerror = () => reject(new Error(`${url} did not load`));
    document.head.append(script);
  });
}

/** Loads Plotly before it returns, for a page that is about to be printed and waits for no promise. */
export function loadPlotlyNow(url) {
  if (globalThis.Plotly?.react) return;
  const request = new XMLHttpRequest();
  request.open("GET", url, false);
  try {
    request.send();
  } catch {
    return; // a page from a file may read no other file
  }
  if (request.status !== 200) return;
  document.head.append(Object.assign(document.createElement("script"), { textContent: request.responseText }));
}

/** Runs Plotly's source as a notebook runs its widgets: as a module from memory. */
export async function plotlyFromText(text) {
  const url = URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
  try {
    await import(url);
  } finally {
    URL.revokeObjectURL(url);
  }
  if (!globalThis.Plotly) throw new Error("the kernel's plotly script holds no Plotly");
  return globalThis.Plotly;
}

/** Plotly from the first source that has it: each a function that gives a promise. Tried once a page. */
export function getPlotly(sources) {
  globalThis.letitcrashPlotly ??= (async () => {
    if (globalThis.Plotly?.react) return globalThis.Plotly;
    const problems = [];
    for (const source of sources) {
      try {
        return await source();
      } catch (error) {
        problems.push(error.message);
      }
    }
    globalThis.letitcrashPlotly = undefined;
    throw new Error(problems.join("; "));
  })();
  return globalThis.letitcrashPlotly;
}
