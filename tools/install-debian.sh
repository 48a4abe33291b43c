#!/usr/bin/env bash
# Install the Debian packages that tests use beyond Python, make and Go. Does nothing on other systems: the tests that
# need one of them say so when they skip.
set -euo pipefail
packages=(chromium chromium-driver postgresql redis-server etcd-server openssl prometheus shellcheck)
command -v apt-get >/dev/null || { echo "Not Debian: install ${packages[*]} by this system's means" >&2; exit 0; }
# Ubuntu has no browser of its own: its packages only fetch one from elsewhere.
if grep -qx 'ID=ubuntu' /etc/os-release; then packages=("${packages[@]:2}"); fi
# Another source's Node brings npm along, and conflicts with Debian's npm.
command -v npm >/dev/null || packages+=(nodejs npm)
missing=()
for package in "${packages[@]}"; do
  dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
done
[ ${#missing[@]} -eq 0 ] && exit 0
sudo=()
[ "$(id -u)" -eq 0 ] || sudo=(sudo)
# Tests start servers of their own: none is started by installing one (/usr/share/doc/init-system-helpers).
policy=/usr/sbin/policy-rc.d
if [ ! -e "$policy" ]; then
  printf '#!/bin/sh\nexit 101\n' | "${sudo[@]}" tee "$policy" >/dev/null
  "${sudo[@]}" chmod +x "$policy"
  trap '"${sudo[@]}" rm -f "$policy"' EXIT
fi
"${sudo[@]}" apt-get update -qq
DEBIAN_FRONTEND=noninteractive "${sudo[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}"
