#!/bin/sh
# Makes sure that the programs which the tests start are there: Chromium, PostgreSQL's server, nginx. With names as
# arguments only those. Where it cannot, it says in one sentence what to install.
set -eu

has() {
    case "$1" in
    chromium) [ -x /usr/bin/chromium ] || [ -x /usr/bin/chromium-browser ] || [ -x /usr/bin/google-chrome ] ;;
    # Debian keeps the server's programs beside the way of the shell.
    postgresql) command -v postgres >/dev/null || ls /usr/lib/postgresql/*/bin/postgres >/dev/null 2>&1 ;;
    nginx) command -v nginx >/dev/null || [ -x /usr/sbin/nginx ] ;;
    *) false ;;
    esac
}

missing() {
    for program in "$@"; do
        has "$program" || printf ' %s' "$program"
    done
}

[ $# -gt 0 ] || set -- chromium postgresql nginx
wanted=$(missing "$@")
[ -n "$wanted" ] || exit 0
if [ "$(id -u)" = 0 ] && [ -f /etc/debian_version ]; then
    echo "Installing$wanted from Debian (once) ..."
    # The programs are wanted, not Debian's own servers: at this runlevel none is started.
    # shellcheck disable=SC2086
    apt-get update -qq && RUNLEVEL=1 DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $wanted >/dev/null || true
    wanted=$(missing "$@")
fi
case "$wanted" in
*chromium*) .venv/bin/python -m playwright install chromium && wanted=$(echo "$wanted" | sed 's/ chromium//') ;;
esac
[ -z "$wanted" ] && exit 0
echo "The tests need$wanted; install that (Debian: apt install$wanted; elsewhere the packages of the same name, or .venv/bin/playwright install chromium) and run this again." >&2
exit 1
