#!/usr/bin/env bash
# Install the Debian packages that tests use beyond Python, make and Go. Does nothing on other systems: the tests that
# need one of them say so when they skip.
set -euo pipefail
packages=(chromium chromium-driver etcd-server openssl)
command -v apt-get >/dev/null || { echo "Not Debian: install ${packages[*]} by this system's means" >&2; exit 0; }
missing=()
for package in "${packages[@]}"; do
  dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
done
[ ${#missing[@]} -eq 0 ] && exit 0
sudo=()
[ "$(id -u)" -eq 0 ] || sudo=(sudo)
# The tests start an etcd of their own on other ports: Debian's service, which the package starts at once, is not wanted.
if [[ " ${missing[*]} " == *" etcd-server "* && -d /run/systemd/system ]]; then
  "${sudo[@]}" systemctl mask --quiet etcd.service
fi
"${sudo[@]}" apt-get update -qq
DEBIAN_FRONTEND=noninteractive "${sudo[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}"
