#!/bin/sh
# Makes .venv and installs what requirements.txt and requirements-dev.txt name; leaves it when they have not changed.
# PYTHON=python3.12 chooses the interpreter, else the first of 3.11 to 3.13 is taken.
set -eu
cd "$(dirname "$0")/.."

fits='import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))'
fail() { printf '%s\n' "$*" >&2; exit 1; }

find_python() {
    for name in ${PYTHON:-python3.11 python3.12 python3.13 python3 python}; do
        if "$name" -c "$fits" 2>/dev/null; then command -v "$name"; return; fi
    done
    found=$("${PYTHON:-python3}" --version 2>&1) || found="none"
    fail "This book needs Python 3.11, 3.12 or 3.13, and found ${found}: install one of them, or name it as in 'make book PYTHON=/path/to/python3.11'."
}

version_of() { "$1" -c 'import sys; print(*sys.version_info[:2])' 2>/dev/null; }

wanted=$(cat requirements.txt requirements-dev.txt constraints.txt pyproject.toml | cksum)
here=$(pwd)
is_current() { [ "$(cat .venv/installed 2>/dev/null)" = "$wanted $here" ] && .venv/bin/python -c "$fits" 2>/dev/null; }
if [ -z "${PYTHON:-}" ] && is_current; then exit 0; fi

python=$(find_python) || exit 1
if is_current && [ "$(version_of .venv/bin/python)" = "$(version_of "$python")" ]; then exit 0; fi

log=.venv/install.log
if [ "$(version_of .venv/bin/python)" != "$(version_of "$python")" ] || ! .venv/bin/python -m pip --version >/dev/null 2>&1; then
    rm -rf .venv
    "$python" -m venv .venv >/dev/null 2>&1 ||
        fail "$python cannot make a virtual environment: install its venv module (on Debian and Ubuntu: apt-get install python3-venv)."
fi

echo "Installing into .venv; this takes a minute or two the first time."
if ! .venv/bin/python -m pip install --disable-pip-version-check -r requirements.txt -r requirements-dev.txt >"$log" 2>&1; then
    if grep -q -i -e 'from versions: none' -e 'NewConnectionError' -e 'name resolution' -e 'ConnectTimeout' -e 'Network is unreachable' -e 'Connection refused' "$log"; then
        fail "The install could not reach the package index: this step needs the network once; connect and run make again (details in $log)."
    fi
    tail -n 5 "$log" >&2
    fail "The install failed: the last lines are above, all of them in $log."
fi
echo "$wanted $here" >.venv/installed
