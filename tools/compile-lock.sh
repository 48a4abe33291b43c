#!/usr/bin/env bash
# Compile pyproject.toml into the lock files: tools/compile-lock.sh [UV [OUTPUT-FOLDER]]
set -euo pipefail
uv=${1:-uv}
out=${2:-.}
mkdir -p "$out/load_test" "$out/policy"
compile() { "$uv" pip compile --quiet --universal --python-version 3.11 --generate-hashes --custom-compile-command "make lock" "$@"; }
compile pyproject.toml -o "$out/requirements.txt"
compile pyproject.toml --group dev -c "$out/requirements.txt" --no-annotate -o "$out/requirements-dev.txt"
compile --group pyproject.toml:hardening --no-annotate -o "$out/requirements-hardening.txt"
compile --group pyproject.toml:receivers --no-annotate -o "$out/requirements-receivers.txt"
compile --group pyproject.toml:policy --no-annotate -o "$out/policy/requirements.txt"
compile --group pyproject.toml:load -c "$out/requirements-dev.txt" --no-annotate -o "$out/load_test/requirements.txt"
