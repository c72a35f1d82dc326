// The states of an explorable that were computed when the page was built.

/** State number `index` of what letitcrash/show/pack.py packed: {data, layout, reading}, or a sentence. */
export function unpacked(packed, index) {
  const row = packed.states[index];
  if (typeof row === "string") return row;
  const state = { root: structuredClone(packed.base) };
  packed.paths.forEach((path, place) => {
    let node = state;
    const steps = ["root", ...path];
    for (const step of steps.slice(0, -1)) node = node[step];
    node[steps.at(-1)] = packed.pool[row[place]];
  });
  return state.root;
}
