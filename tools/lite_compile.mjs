// Compiles wheels to bytecode with the very Python that will load them: node lite_compile.mjs PYODIDE_FOLDER WHEEL...
// Importing IPython from source takes a third of the browser lane's start.

import { pathToFileURL } from "node:url";
import path from "node:path";

const [folder, ...wheels] = process.argv.slice(2);
const { loadPyodide } = await import(pathToFileURL(path.join(folder, "pyodide.mjs")));
const python = await loadPyodide({ indexURL: folder + path.sep });
python.runPython(`
import importlib.util, io, os, zipfile
from importlib._bootstrap_external import _code_to_hash_pyc

def compiled(name, source, beside):
    """Bytecode that is taken without a look at its source, and where it belongs."""
    code = compile(source, "/lib/python3.14/site-packages/" + name, "exec", dont_inherit=True)
    target = importlib.util.cache_from_source(name) if beside else name + "c"
    return target, bytes(_code_to_hash_pyc(code, importlib.util.source_hash(source), checked=False))

def compile_wheel(path):
    """Replace the wheel's modules by their bytecode; our own keep their source beside it, for readers to look at."""
    beside, made = os.path.basename(path).startswith("letitcrash-"), io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            content = old.read(entry)
            bytecode = None
            if entry.filename.endswith(".py"):
                try:
                    bytecode = compiled(entry.filename, content, beside)
                except SyntaxError:
                    pass  # a template, or a test of what is no Python
            if bytecode:
                new.writestr(zipfile.ZipInfo(bytecode[0]), bytecode[1], zipfile.ZIP_DEFLATED)
            if beside or not bytecode:
                new.writestr(zipfile.ZipInfo(entry.filename), content, zipfile.ZIP_DEFLATED)
    with open(path, "wb") as file:
        file.write(made.getvalue())
`);
const compileWheel = python.globals.get("compile_wheel");
python.FS.mkdir("/wheels");
python.FS.mount(python.FS.filesystems.NODEFS, { root: path.dirname(path.resolve(wheels[0])) }, "/wheels");
for (const wheel of wheels) compileWheel(`/wheels/${path.basename(wheel)}`);
