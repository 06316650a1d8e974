#!/bin/sh
# What the image prepared is taken into the data folder where that is empty; then the server takes this process over.
set -eu
for part in models native setup; do
  [ -e "$EMOHEAL_DATA_DIR/$part" ] || cp -R "/prepared/$part" "$EMOHEAL_DATA_DIR/$part"
done
exec node /app/bin/emoheal.mjs serve
