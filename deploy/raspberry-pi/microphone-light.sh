#!/bin/sh
# Lights the LED "emoheal" (gpio-led overlay) while any sound card of this machine records.
#   microphone-light.sh [LED_FOLDER] [CARDS_FOLDER] [once]
led=${1:-/sys/class/leds/emoheal}
cards=${2:-/proc/asound}
shown=
while :; do
  if cat "$cards"/card*/pcm*c/sub*/status 2>/dev/null | grep -q '^state: RUNNING'; then now=1; else now=0; fi
  if [ "$now" != "$shown" ]; then
    echo "$now" >"$led/brightness" || exit 1
    shown=$now
  fi
  [ "${3:-}" = once ] && exit 0
  sleep 0.5
done
