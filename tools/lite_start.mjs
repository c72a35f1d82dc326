// Stands where the kernel looks for Pyodide, and starts it from a picture of its memory (lite_memory.mjs): the
// interpreter is set up there and the imports are made. The packages' files come in one piece, since unpacking a wheel
// each costs more than all the rest. Where any of that fails, Pyodide starts from nothing.

import { loadPyodide as load, version } from "./pyodide-core.mjs";
import create from "./pyodide.asm.mjs";

export { version };

const here = (name) => new URL(name, import.meta.url);

async function unpacked(name) {
  const packed = await fetch(here(name));
  if (!packed.ok) throw new Error(`${name}: ${packed.status}`);
  return new Uint8Array(await new Response(packed.body.pipeThrough(new DecompressionStream("gzip"))).arrayBuffer());
}

/** Puts the files of packages.bin where Python looks for packages: their list is its first line, then come they. */
function install(python, bytes) {
  const site = python.runPython("import site; site.getsitepackages()[0]");
  let at = bytes.indexOf("\n".charCodeAt()) + 1;
  const { packages, folders } = JSON.parse(new TextDecoder().decode(bytes.subarray(0, at)));
  for (const [folder, files] of folders) {
    python.FS.mkdirTree(`${site}/${folder}`);
    for (const [name, size] of files) {
      python.FS.writeFile(`${site}/${folder}/${name}`, bytes.subarray(at, (at += size)), { canOwn: true });
    }
  }
  for (const name of packages) python.loadedPackages[name] = "default channel";
  python.runPython("import importlib; importlib.invalidate_caches()");
}

async function fromPicture(options) {
  const [memory, packages] = await Promise.all([unpacked("memory.bin"), unpacked("packages.bin")]);
  const createPyodideModule = async (settings) => {
    const made = await create(settings);
    made.growMemory(memory.length); // Pyodide 314 does not, and a picture larger than 30 MB does not fit
    return made;
  };
  const python = await load({ ...options, packages: [], createPyodideModule, _loadSnapshot: memory });
  install(python, packages);
  await python.loadPackage(options.packages.filter((name) => !(name in python.loadedPackages)));
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
