#!/bin/sh
# Build the wheel, install it into an environment of its own, and use it as a school would.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
.venv/bin/python -m build --quiet --wheel --outdir "$place/dist" .
python3 -m venv "$place/venv"
"$place/venv/bin/python" -m pip install --quiet --disable-pip-version-check "$place"/dist/*.whl
cd "$place"
echo "a long enough passphrase" > passphrase
export SCHOOLGATE_HOME="$place/home" SCHOOLGATE_PASSPHRASE_FILE="$place/passphrase" \
  SCHOOLGATE_VAULT_PASSPHRASE_FILE="$place/passphrase" PYTHON_KEYRING_BACKEND=keyring.backends.fail.Keyring
schoolgate="$place/venv/bin/schoolgate"
"$schoolgate" --version
"$schoolgate" init school --name "Fernlea Primary School" > init.txt
(cd school && "$schoolgate" new page "Summer fete" && "$schoolgate" check content/index.md content/contact.md && "$schoolgate" people list)
unset SCHOOLGATE_HOME SCHOOLGATE_PASSPHRASE_FILE SCHOOLGATE_VAULT_PASSPHRASE_FILE
"$schoolgate" demo > demo.txt || { tail -n 20 demo.txt; exit 1; }
tail -n 10 demo.txt
