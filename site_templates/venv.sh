#!/bin/sh
# Make a virtual environment and install this checkout into it: venv.sh FOLDER
# Needs Python 3.11 or newer; installs Debian's python3-venv where that alone is missing and may be.
set -eu
folder=${1:-.venv}
python=${PY:-python3}

say() { printf '%s\n' "schoolgate: $*" >&2; }

if ! command -v "$python" >/dev/null 2>&1; then
    say "no $python here; install Python 3.11 or newer (Debian, Ubuntu: apt install python3 python3-venv)"
    exit 2
fi
if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
    say "$("$python" --version) is too old; Python 3.11 or newer is needed (set PY=python3.12, say)"
    exit 2
fi
if ! "$python" -c 'import ensurepip, venv' >/dev/null 2>&1; then
    say "this Python cannot make virtual environments yet; installing python3-venv"
    if [ "$(id -u)" = 0 ]; then sudo=; else sudo='sudo -n'; fi
    if ! { $sudo apt-get update -q && $sudo apt-get install -y -q python3-venv; } >/dev/null 2>&1; then
        say "could not; run: sudo apt install python3-venv, then try again"
        exit 2
    fi
fi
if [ ! -x "$folder/bin/python" ] && [ ! -x "$folder/Scripts/python.exe" ]; then
    say "making a virtual environment in $folder"
    "$python" -m venv "$folder"
fi
bin=$folder/bin
[ -d "$bin" ] || bin=$folder/Scripts
say "installing (a minute or two the first time)"
"$bin/python" -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
