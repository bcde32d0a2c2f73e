#!/bin/sh
# Makes sure that there is a Chromium for the browser tests; says in one sentence what to do where it cannot.
set -eu
for browser in /usr/bin/chromium /usr/bin/chromium-browser /usr/bin/google-chrome; do
    [ -x "$browser" ] && exit 0
done
if [ "$(id -u)" = 0 ] && [ -f /etc/debian_version ]; then
    echo "Installing Chromium from Debian (once) ..."
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null && exit 0
fi
if .venv/bin/python -m playwright install chromium; then
    exit 0
fi
echo "The browser tests need Chromium; install it (Debian: apt install chromium; elsewhere: .venv/bin/playwright install chromium) and run this again." >&2
exit 1
