#!/bin/sh
# Starts Chromium (or the browser that CHROMIUM names) headless, and keeps it from calling home.
# The sandbox is off because it can't run as root, and only files that the tests made are opened.
# The typesetter shuts out the machine's fonts for every process that it starts: without one no page is laid out, and
# what is not laid out has no contrast and no width to find a fault in.
unset FONTCONFIG_FILE
exec "${CHROMIUM:-chromium}" --headless --no-sandbox --disable-gpu --disable-quic --no-first-run \
  --disable-background-networking --disable-component-update --disable-sync "$@"
