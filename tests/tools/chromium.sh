#!/bin/sh
# Starts Chromium (or the browser that CHROMIUM names) headless, and keeps it from calling home.
# The sandbox is off because it can't run as root, and only files that the tests made are opened.
# The engine under test hides the machine's fonts from its process; a browser without any hangs on a long book in Ace.
unset FONTCONFIG_FILE
exec "${CHROMIUM:-chromium}" --headless --no-sandbox --disable-gpu --disable-quic --no-first-run \
  --disable-background-networking --disable-component-update --disable-sync "$@"
