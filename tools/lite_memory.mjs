// Takes a picture of Pyodide's memory after the imports that every notebook needs:
//     node lite_memory.mjs PYODIDE_FOLDER SITE_PACKAGES TARGET MODULE...
// Starting from it takes less than half of the time that starting from nothing takes (lite_start.mjs).
// No module may hold a JavaScript object: the picture could not be moved to another browser.

import { writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";

const [folder, packages, target, ...modules] = process.argv.slice(2);
const { loadPyodide } = await import(pathToFileURL(path.join(folder, "pyodide.mjs")));
const python = await loadPyodide({ indexURL: folder + path.sep, _makeSnapshot: true });
const installed = python.runPython("import site; site.getsitepackages()[0]");
python.FS.mount(python.FS.filesystems.NODEFS, { root: path.resolve(packages) }, installed);
python.runPython(`import gc, importlib
importlib.invalidate_caches()
for name in ${JSON.stringify(modules)}:
    importlib.import_module(name)
del name
gc.collect()`);
const refuse = (object) => {
  throw new Error(`the modules ${modules.join(", ")} hold a JavaScript ${typeof object}: leave one out`);
};
writeFileSync(target, gzipSync(python.makeMemorySnapshot({ serializer: refuse })));
