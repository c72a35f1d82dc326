// A reader's answers, kept in this browser under "letitcrash/..."; in memory alone where the browser keeps nothing.

const memory = new Map();

export function recall(key) {
  try {
    const text = localStorage.getItem(key);
    if (text !== null) return JSON.parse(text);
  } catch {
    // private mode, or something that is not ours: as if nothing had been kept
  }
  return memory.get(key) ?? null;
}

/** Keeps `value` under `key` (null forgets it). Gives "" or the sentence that says why it will not last. */
export function keep(key, value) {
  if (value === null) memory.delete(key);
  else memory.set(key, value);
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify(value));
    return "";
  } catch (error) {
    const full = error?.name === "QuotaExceededError";
    return full
      ? "This browser's storage is full: your answer holds until you leave this page."
      : "This browser keeps nothing here (private mode?): your answer holds until you leave this page.";
  }
}
