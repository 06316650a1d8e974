#!/bin/sh
# Makes a Raspberry Pi (Raspberry Pi OS Lite, Bookworm or newer, 64 bit) a bedside speaker. Run as root from the package's
# folder, which must lie at /opt/emoheal. Run again after an update; it changes nothing that is settled.
#   deploy/raspberry-pi/install.sh [--no-screen] [--light]
set -eu
fail() { echo "install.sh: $1" >&2; exit 2; }
screen=yes
light=no
for word in "$@"; do
  case $word in
    --no-screen) screen=no ;;
    --light) light=yes ;;
    *) fail "there is no option \"$word\"; there are --no-screen and --light" ;;
  esac
done
[ "$(id -u)" = 0 ] || fail "it must run as root: sudo deploy/raspberry-pi/install.sh"
here=$(cd "$(dirname "$0")/../.." && pwd)
[ "$here" = /opt/emoheal ] || fail "the package lies at $here and must lie at /opt/emoheal"
command -v node >/dev/null || fail "there is no Node; install version 20.19 or newer"
memory_mb=$(($(sed -n 's/^MemTotal: *\([0-9]*\).*/\1/p' /proc/meminfo) / 1024))

packages="g++ make python3-pip espeak-ng libopenblas-dev libfaiss-dev curl"
# The fonts: Arabic, Hindi, Chinese and Japanese letters, which the page has none of. cage does not start without Xwayland.
[ "$screen" = yes ] && packages="$packages chromium cage xwayland alsa-utils fonts-noto-core fonts-noto-cjk"
export DEBIAN_FRONTEND=noninteractive
# A card fresh from the image has no lists yet.
apt-get update
# shellcheck disable=SC2086
apt-get install -y --no-install-recommends $packages

id emoheal >/dev/null 2>&1 || useradd --system --home-dir /var/lib/emoheal --shell /usr/sbin/nologin emoheal
install -d -m 0700 -o emoheal -g emoheal /var/lib/emoheal
install -d -m 0755 /etc/emoheal
if [ ! -e /etc/emoheal/settings ]; then
  : >/etc/emoheal/settings
  chmod 0600 /etc/emoheal/settings
  if [ "$memory_mb" -lt 1500 ]; then echo EMOHEAL_PROFILE=small >>/etc/emoheal/settings; fi
fi
# Set-up is done here once, so that the service may not write to its own package.
EMOHEAL_DATA_DIR=/var/lib/emoheal node deploy/setup/setup.mjs
chown -R emoheal:emoheal /var/lib/emoheal

install -m 0644 deploy/raspberry-pi/emoheal.service /etc/systemd/system/
if [ "$screen" = yes ]; then
  id emoheal-kiosk >/dev/null 2>&1 ||
    useradd --system --home-dir /var/lib/emoheal-kiosk --shell /usr/sbin/nologin emoheal-kiosk
  install -d -m 0755 /etc/chromium/policies/managed
  install -m 0644 deploy/raspberry-pi/chromium-policy.json /etc/chromium/policies/managed/emoheal.json
  [ -e /etc/asound.conf ] || install -m 0644 deploy/raspberry-pi/asound.conf /etc/asound.conf
  install -m 0644 deploy/raspberry-pi/emoheal-kiosk.service /etc/systemd/system/
fi
[ "$light" = yes ] && install -m 0644 deploy/raspberry-pi/emoheal-light.service /etc/systemd/system/
systemctl daemon-reload
# Restarted, not only started: after an update the old one still runs.
begin() { systemctl enable "$1" && systemctl restart "$1"; }
begin emoheal.service
[ "$light" = yes ] && begin emoheal-light.service
[ "$screen" = yes ] && begin emoheal-kiosk.service
echo "Ready: http://$(hostname).local:8080 from the house, and on the screen of this machine."
