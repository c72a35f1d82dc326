// Stands where the kernel looks for Pyodide, and starts it from a picture of its memory (lite_memory.mjs): the
// interpreter is set up there and the imports are made. Where that fails, Pyodide starts from nothing.

import { loadPyodide as load, version } from "./pyodide-core.mjs";
import create from "./pyodide.asm.mjs";

export { version };

const here = (name) => new URL(name, import.meta.url);

async function picture() {
  const packed = await fetch(here("memory.bin"));
  if (!packed.ok) throw new Error(`memory.bin: ${packed.status}`);
  return new Uint8Array(await new Response(packed.body.pipeThrough(new DecompressionStream("gzip"))).arrayBuffer());
}

async function fromPicture(options) {
  const memory = await picture();
  const createPyodideModule = async (settings) => {
    const made = await create(settings);
    made.growMemory(memory.length); // Pyodide 314 does not, and a picture larger than 30 MB does not fit
    return made;
  };
  const python = await load({ ...options, createPyodideModule, _loadSnapshot: memory });
  python.runPython("import random; random.seed()"); // or all readers would draw the same numbers without a seed
  return python;
}

export async function loadPyodide(options) {
  try {
    return await fromPicture(options);
  } catch (error) {
    console.error(`Python starts without the picture of its memory: ${error}`);
    return load(options);
  }
}
