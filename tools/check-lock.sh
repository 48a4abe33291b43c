#!/usr/bin/env bash
# Fail when the lock files are not what pyproject.toml compiles to: tools/check-lock.sh [UV]
set -euo pipefail
fresh=$(mktemp -d)
trap 'rm -rf "$fresh"' EXIT
locks=(requirements.txt requirements-dev.txt requirements-hardening.txt requirements-receivers.txt policy/requirements.txt load_test/requirements.txt)
# Compiling into copies keeps the versions already chosen: only a changed pyproject.toml shows as a difference.
cp --parents "${locks[@]}" "$fresh/"
tools/compile-lock.sh "${1:-uv}" "$fresh"
for lock in "${locks[@]}"; do
  diff -u <(grep -v '^ *#' "$lock") <(grep -v '^ *#' "$fresh/$lock") || { echo "$lock is out of date: run 'make lock'" >&2; exit 1; }
done
