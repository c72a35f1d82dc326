"""The image that Binder builds: the same files, runtime.txt's Python, JupyterLab, and a lab in a browser."""

import contextlib
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import build
import pytest
from playwright.sync_api import TimeoutError

LAB = "labs/01_the_till_and_the_queue/lab.ipynb"
NAMED = ("requirements.txt", "constraints.txt", "pyproject.toml", "runtime.txt", "postBuild", "apt.txt")


def python_of_the_runtime() -> str:
    """The Python that runtime.txt asks for, in the one form that repo2docker reads."""
    version = re.fullmatch(r"python-(3\.\d+)", (build.ROOT / "runtime.txt").read_text().strip())
    assert version, "runtime.txt holds one line such as python-3.11; repo2docker reads no other form"
    if version[1] == f"{sys.version_info.major}.{sys.version_info.minor}":
        return sys.executable
    return shutil.which(f"python{version[1]}") or pytest.skip(f"Binder's Python {version[1]} is not on this machine")


def test_the_files_are_where_and_as_repo2docker_reads_them():
    assert not (build.ROOT / ".binder").exists() and not (build.ROOT / "binder").exists(), "it would ignore the root"
    post_build = build.ROOT / "postBuild"
    assert post_build.read_text().startswith("#!/bin/bash\n") and "\nset -e\n" in post_build.read_text()
    assert os.access(post_build, os.X_OK), "postBuild is not executable"
    packages = (build.ROOT / "apt.txt").read_text().split()
    assert packages and all(re.fullmatch(r"[a-z0-9][a-z0-9+.-]+", name) for name in packages)
    requirements = (build.ROOT / "requirements.txt").read_text().rstrip()
    assert requirements.endswith("-e ."), "the last line installs the package"
    assert "jupyterlab==" in requirements


@pytest.fixture(scope="module")
def binder() -> Path:
    """A checkout with its own environment, as repo2docker lays it out; kept while the files it is built from stay."""
    home = build.BUILD / "binder"
    digest = hashlib.sha256(b"".join((build.ROOT / name).read_bytes() for name in NAMED)).hexdigest()
    stamp = home / "built-from.txt"
    if not stamp.exists() or stamp.read_text() != digest:
        shutil.rmtree(home, ignore_errors=True)
        home.mkdir(parents=True)
        subprocess.run([python_of_the_runtime(), "-m", "venv", home / "env"], check=True)
    checkout = home / "checkout"
    shutil.rmtree(checkout, ignore_errors=True)
    names = subprocess.run(["git", "ls-files", "-z"], cwd=build.ROOT, capture_output=True, text=True, check=True)
    for name in filter(None, names.stdout.split("\0")):
        if (build.ROOT / name).is_file():
            (checkout / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(build.ROOT / name, checkout / name)
    if not stamp.exists():
        pip = [home / "env/bin/python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        pip.append("--no-compile")  # it takes longer than all else, and little of it is imported
        subprocess.run([*pip, "-r", "requirements.txt"], cwd=checkout, check=True)
        stamp.write_text(digest)
    path = f"{home / 'env/bin'}{os.pathsep}{os.environ['PATH']}"
    subprocess.run(["./postBuild"], cwd=checkout, check=True, env={**os.environ, "PATH": path})
    return home


@pytest.fixture(scope="module")
def jupyter(binder: Path):
    """The address of JupyterLab, started in the checkout as Binder starts it."""
    home = binder / "home"
    home.mkdir(exist_ok=True)
    settings = {"HOME": str(home), "JUPYTER_RUNTIME_DIR": str(home / "runtime"), "PYDEVD_DISABLE_FILE_VALIDATION": "1"}
    path = f"{binder / 'env/bin'}{os.pathsep}{os.environ['PATH']}"
    port = 8930 + os.getpid() % 1000
    command = ["jupyter", "lab", "--no-browser", "--ip=127.0.0.1", f"--port={port}", "--IdentityProvider.token=shop"]
    command += ["--ServerApp.root_dir=.", "--allow-root", "--LabApp.news_url="]
    with open(binder / "jupyter.log", "w") as log:
        environment = {**os.environ, **settings, "PATH": path}
        server = subprocess.Popen(command, cwd=binder / "checkout", env=environment, stdout=log, stderr=log)
    address = f"http://127.0.0.1:{port}/"
    try:
        for _ in range(600):
            try:
                urllib.request.urlopen(f"{address}api?token=shop", timeout=2)
                break
            except OSError:
                assert server.poll() is None, f"JupyterLab ended: {(binder / 'jupyter.log').read_text()[-2000:]}"
                time.sleep(0.1)
        yield address
    finally:
        server.terminate()
        server.wait()


def test_a_lab_runs_in_jupyterlab_up_to_its_last_cell(jupyter, browser):
    starter = json.loads((build.ROOT / LAB).read_text())
    checks = sum("check" in cell["metadata"].get("tags", []) for cell in starter["cells"])
    assert checks >= 3
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(f"{jupyter}lab/tree/{LAB}?token=shop&reset")
    page.locator(".jp-Notebook .jp-CodeCell").first.wait_for(timeout=60_000)
    left = page.locator(".jp-OutputArea-output", has_text="exercises are left").last
    for _ in range(6):  # pressed before the kernel is there, Run All does nothing: then a reader presses again
        page.wait_for_timeout(3_000)
        page.locator("li.lm-MenuBar-item", has_text="Run").first.click()
        page.locator("li.lm-Menu-item[data-command='runmenu:run-all']").click()
        with contextlib.suppress(TimeoutError):
            left.wait_for(state="attached", timeout=30_000)
            break
    assert left.count()
    context.close()
