"""Build the browser lane: JupyterLite with its own Pyodide, kernel wheels and this repository's notebooks.

    python tools/lite.py      builds _build/lane/lite, which the site's build copies to its root

Nothing in the result asks another host: Pyodide comes from the npm package, its stock lock (which names a CDN) is
replaced by a lock of the wheels in lite-wheels.txt, and PyPI as a fallback is switched off.
"""

import gzip
import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import derived
import interrupt
import jupyter_server
import vendor
from fingerprint import fingerprint
from pyodide_lock import PyodideLockSpec
from pyodide_lock.utils import add_wheels_to_spec, update_package_sha256

ROOT = Path(__file__).resolve().parent.parent
PINS = ROOT / "tools" / "lite-wheels.txt"
WORK = ROOT / "_build" / "lite"
LANE = ROOT / "_build" / "lane"
LITE = LANE / "lite"
START = LITE / "start.json"
FAVICONS = Path(jupyter_server.__file__).parent / "static" / "favicons"  # a notebook's tab asks for them
EXTENSIONS = Path(sys.prefix) / "share" / "jupyter" / "labextensions"
KERNEL_EXTENSION = "@jupyterlite/pyodide-kernel-extension"
FRONT_END = (KERNEL_EXTENSION, "@jupyter-widgets/jupyterlab-manager", "anywidget", "jupyterlab-plotly")
# Pyodide's files under the names that they get: the kernel asks for pyodide.mjs, and there stands our own start.
PYODIDE_FILES = {
    "pyodide.mjs": "pyodide-core.mjs",
    **{name: name for name in ("pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip")},
}
MEMORY, PACKAGES = "memory.bin", "packages.bin"
# Imported beforehand, see lite_memory.mjs; micropip, piplite and the kernel itself hold JavaScript objects.
IMPORTED = (
    *("IPython", "comm", "simpy", "ipywidgets", "anywidget"),
    *("letitcrash.classroom", "letitcrash.queueing", "letitcrash.show", "letitcrash.supervisor"),
    *("unittest.mock", "html.parser", "calendar", "getpass", "_strptime"),  # by piplite, micropip and the kernel
)
# They and what they need are there when the kernel starts, so that the first cell waits for nothing.
PRELOAD = ("micropip", "piplite", "pyodide-kernel", "ipykernel", "comm", "jedi", "ipython", "letitcrash")
# The packages that one names but does not import here: the front end's half of ipywidgets, and plotly's 9.7 MB, which
# comes when a cell imports it.
LEFT_OUT = {"letitcrash": {"plotly"}, "ipywidgets": {"widgetsnbextension", "jupyterlab-widgets"}}
# A learner who presses Run before Python is there waits for it, and is not asked which kernel to take.
OVERRIDES = {
    "@jupyterlab/notebook-extension:tracker": {"autoStartDefaultKernel": True},
    # A check's report and its run are longer than the frame that such outputs would get.
    "@jupyter-notebook/notebook-extension:scroll-output": {"autoScrollOutputs": False},
}
WIDGET_WAITS = ("Loading widget...", "Error displaying widget: model not found")
RUN_AGAIN = "Run this cell again: what it showed went with the Python that made it."
# The files that a learner opens and to which links there lead; the repository's tree is mirrored, so that they hold.
CONTENTS = ("notebooks/*.ipynb", "notebooks/erlang/*", "labs/*/*.ipynb", "labs/*/exam.py", "book/*.md")
KERNEL_OF = ("letitcrash/**/*", "labs/*/exam.py", "pyproject.toml", "setup.py", "tools/lite*", "tools/npm/*.json")
"""The files of which the kernel is made; an edit of a notebook's text makes no new one."""
MADE_OF = (*CONTENTS, *KERNEL_OF, "tools/derived.py", "constraints.txt")


def run(*command: str | Path, cwd: Path | None = None) -> None:
    """Run a command, quiet unless it fails."""
    done = subprocess.run([str(part) for part in command], cwd=cwd, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"the browser lane could not be built: `{command[0]}` said\n{done.stdout}{done.stderr}")


def gather_wheels(wheels: Path) -> list[Path]:
    """Fill `wheels` with the pinned wheels, JupyterLite's own and this project's; already fetched ones are kept."""
    stamp = wheels / "pins.txt"
    if not stamp.exists() or stamp.read_text() != PINS.read_text():
        shutil.rmtree(wheels, ignore_errors=True)
        wheels.mkdir(parents=True)
        target = ("--python-version", "3.14", "--implementation", "py", "--abi", "none", "--platform", "any")
        pip = (sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check")
        run(*pip, "download", "--no-deps", "--require-hashes", "--only-binary=:all:", *target, "-r", PINS, "-d", wheels)
        for name in ("piplite", "pyodide_kernel", "ipykernel"):
            for wheel in (EXTENSIONS / KERNEL_EXTENSION / "static" / "pypi").glob(f"{name}-*.whl"):
                shutil.copy(wheel, wheels)
        stamp.write_text(PINS.read_text())
    for old in wheels.glob("letitcrash-*.whl"):
        old.unlink()
    own = wheels.parent / "package"  # a copy: setuptools leaves its build folder behind
    shutil.rmtree(own, ignore_errors=True)
    shutil.copytree(ROOT / "letitcrash", own / "letitcrash", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "labs", own / "labs", ignore=lambda folder, names: {"accept", "reject"} & set(names))
    for name in ("pyproject.toml", "setup.py"):
        shutil.copy(ROOT / name, own)
    run(sys.executable, "-m", "pip", "--quiet", "wheel", "--no-deps", "--no-build-isolation", own, "-w", wheels)
    return sorted(wheels.glob("*.whl"))


def own_wheel() -> Path:
    """The wheel of letitcrash, with the exams, as the last build of the lane left it."""
    return next((WORK / "wheels").glob("letitcrash-*.whl"))


def to_bytecode(wheels: list[Path], compiled: Path) -> None:
    """Fill `compiled` with the wheels' bytecode, by Pyodide's own Python: IPython's source takes seconds to import."""
    compiled.mkdir(exist_ok=True)
    for old in compiled.glob("*.whl"):
        source = wheels[0].parent / old.name
        if not source.exists() or source.stat().st_mtime > old.stat().st_mtime:
            old.unlink()
    missing = [
        shutil.copyfile(wheel, compiled / wheel.name) for wheel in wheels if not (compiled / wheel.name).exists()
    ]
    if missing:
        run(vendor.node(), ROOT / "tools" / "lite_compile.mjs", vendor.MODULES / "pyodide", *missing)


def write_lock(wheels: list[Path], compiled: Path, stock: Path, target: Path) -> None:
    """Put the compiled wheels and Pyodide's lock into `target`: these are its only packages, each with its hash."""
    lock = json.loads(stock.read_text())
    lock["packages"] = {}
    lock["info"].setdefault("version", json.loads((stock.parent / "package.json").read_text())["version"])
    spec = PyodideLockSpec(**lock)
    spec = add_wheels_to_spec(spec, wheels, base_path=wheels[0].parent, ignore_missing_dependencies=True)
    for name, package in spec.packages.items():
        package.depends = [other for other in package.depends if other not in LEFT_OUT.get(name, ())]
        update_package_sha256(package, Path(shutil.copy(compiled / package.file_name, target)))
    spec.to_json(target / "pyodide-lock.json")


def start_packages(pyodide: Path) -> dict[str, Path]:
    """The wheels that the kernel's start needs: those of PRELOAD and what they depend on."""
    packages = json.loads((pyodide / "pyodide-lock.json").read_text())["packages"]
    wanted, names = list(PRELOAD), set()
    while wanted:
        name = wanted.pop()
        if name not in names:
            names.add(name)
            wanted += packages[name]["depends"]
    return {name: pyodide / packages[name]["file_name"] for name in sorted(names)}


def pack(packages: list[str], unpacked: Path, target: Path) -> None:
    """Put the files of the packages in one piece: the list of them in the first line, then their contents."""
    folders, contents = [], []
    for folder in sorted(path for path in (unpacked, *unpacked.rglob("*")) if path.is_dir()):
        files = sorted(path for path in folder.iterdir() if path.is_file())
        folders.append((folder.relative_to(unpacked).as_posix(), [(path.name, path.stat().st_size) for path in files]))
        contents += [path.read_bytes() for path in files]
    head = json.dumps({"packages": packages, "folders": folders}).encode()
    target.write_bytes(gzip.compress(b"\n".join((head, b"".join(contents))), mtime=0))


def take_picture(pyodide: Path) -> None:
    """Put the picture of Python's memory after its imports, its packages, and the start from both into `pyodide`."""
    unpacked, packages = WORK / "site-packages", start_packages(pyodide)
    shutil.rmtree(unpacked, ignore_errors=True)
    for wheel in packages.values():
        shutil.unpack_archive(wheel, unpacked, "zip")
    for front_end in unpacked.glob("*.data"):
        shutil.rmtree(front_end)
    pack(list(packages), unpacked, pyodide / PACKAGES)
    script = ROOT / "tools" / "lite_memory.mjs"
    run(vendor.node(), script, vendor.MODULES / "pyodide", unpacked, pyodide / MEMORY, *IMPORTED)
    start = (ROOT / "tools" / "lite_start.mjs").read_text()
    for name in (MEMORY, PACKAGES):
        start = start.replace(f'"{name}"', f'"{named_by_content(pyodide / name)}"')
    (pyodide / "pyodide.mjs").write_text(start)


def named_by_content(file: Path) -> str:
    """Put a hash into the file's name, so that a browser's cache cannot mix two versions; the new name."""
    mark = hashlib.sha256(file.read_bytes()).hexdigest()[:12]
    return file.rename(file.with_suffix(f".{mark}{file.suffix}")).name


def copy_contents(target: Path) -> None:
    """Mirror the files of CONTENTS, the notebooks for this kernel."""
    target.mkdir()
    for pattern in CONTENTS:
        for source in sorted(ROOT.glob(pattern)):
            copy, text = target / source.relative_to(ROOT), source.read_text()
            if source.suffix == ".ipynb":
                text = json.dumps(derived.for_the_lane(json.loads(text)), indent=1)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_text(text)


def settings() -> dict:
    """The settings of jupyter-lite.json: our kernel's packages, no PyPI, no telemetry-like extras."""
    kernel = {"disablePyPIFallback": True, "loadPyodideOptions": {"packages": list(PRELOAD)}}
    return {
        "jupyter-lite-schema-version": 0,
        "jupyter-config-data": {
            "appName": "Let It Crash",
            "appUrl": "./tree",
            "exposeAppInBrowser": True,
            "litePluginSettings": {"@jupyterlite/pyodide-kernel-extension:kernel": kernel},
        },
    }


def write_start(pyodide: Path) -> None:
    """List what the first start fetches, so that a page can say how much that is and show how far it is."""
    pictures = sorted(path.name for path in pyodide.glob("*.bin"))
    files = (*PYODIDE_FILES.values(), "pyodide.mjs", *pictures, "pyodide-lock.json")
    sizes = {f"static/pyodide/{name}": (pyodide / name).stat().st_size for name in files}
    START.write_text(json.dumps(sizes, indent=1))


def build() -> Path:
    """Build the lane unless it is up to date; returns the folder that goes to the site's root."""
    stamp, now = WORK / "built-from.txt", fingerprint(ROOT, MADE_OF)
    if stamp.exists() and stamp.read_text() == now:
        return LANE
    vendor.fetch()
    source = WORK / "source"
    shutil.rmtree(source, ignore_errors=True)
    shutil.copytree(build_kernel(), source / "static" / "pyodide")
    copy_contents(source / "files")
    (source / "jupyter-lite.json").write_text(json.dumps(settings(), indent=2))
    (source / "overrides.json").write_text(json.dumps(OVERRIDES, indent=2))
    shutil.rmtree(LANE, ignore_errors=True)
    (WORK / ".jupyterlite.doit.db").unlink(missing_ok=True)  # it remembers steps whose results were just removed
    lite = (Path(sys.executable).parent / "jupyter-lite", "build", "--lite-dir", source, "--output-dir", LITE)
    extensions = [f"--LiteBuildConfig.federated_extensions={EXTENSIONS / name}" for name in FRONT_END]
    apps = [f"--apps={name}" for name in ("notebooks", "tree", "edit")]
    run(*lite, *apps, "--no-sourcemaps", "--ignore-sys-prefix", *extensions, cwd=WORK)
    shutil.copytree(FAVICONS, LITE / "static" / "favicons")
    name_the_favicon()
    say_what_to_do_with_a_lost_widget()
    write_start(LITE / "static" / "pyodide")
    stamp.write_text(now)
    return LANE


def name_the_favicon() -> None:
    """Name the site's favicon in every page of the lane: without one a browser asks the host's root for favicon.ico."""
    for page in LITE.rglob("index.html"):
        icon = os.path.relpath(LANE / "_static" / "favicon.svg", page.parent)  # the lane lies at the site's root
        link = f'<link rel="icon" type="image/svg+xml" href="{icon}">'
        page.write_text(page.read_text().replace("<head>", f"<head>\n    {link}", 1))


def say_what_to_do_with_a_lost_widget() -> None:
    """Let a notebook that is opened again say that a picture is gone with its kernel, instead of promising it."""
    found = 0
    for script in (LITE / "extensions" / "@jupyter-widgets" / "jupyterlab-manager" / "static").glob("*.js"):
        text = script.read_text()
        found += text.count(WIDGET_WAITS[0])
        for words in WIDGET_WAITS:
            text = text.replace(f'"{words}"', json.dumps(RUN_AGAIN))
        script.write_text(text)
    if not found:
        sys.exit(f"the widget manager no longer says {WIDGET_WAITS[0]!r}: see what it shows for a lost widget")


def build_kernel() -> Path:
    """Build Pyodide with the project's wheels and its memory's picture unless they are up to date: their folder."""
    folder, stamp = WORK / "kernel", WORK / "kernel-from.txt"
    now = fingerprint(ROOT, KERNEL_OF)
    if stamp.exists() and stamp.read_text() == now:
        return folder
    stamp.unlink(missing_ok=True)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    pyodide = vendor.MODULES / "pyodide"
    for name, own_name in PYODIDE_FILES.items():
        shutil.copy(pyodide / name, folder / own_name)
    wheels = gather_wheels(WORK / "wheels")
    to_bytecode(wheels, WORK / "bytecode")
    write_lock(wheels, WORK / "bytecode", pyodide / "pyodide-lock.json", folder)
    take_picture(folder)
    stamp.write_text(now)
    return folder


def setup(app: object) -> dict[str, bool]:
    """Register with Sphinx: a build of the site builds the lane first."""
    build()
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def main() -> None:
    """Build the lane and say where it is."""
    print(f"The browser lane is built: {build().relative_to(ROOT)}")


if __name__ == "__main__":
    interrupt.run(main)
