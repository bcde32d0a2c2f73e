"""Where do I find the fixes as a script that makes GitHub issues with `gh`? Here, with the Markdown of their bodies."""

import re
from collections.abc import Iterable, Iterator, Sequence

from reports.ticket import Section, Ticket

LABEL = "Script for GitHub issues"
SUFFIX = ".sh"
MIME = "application/x-sh"

TICKS = re.compile("`+")
COLORS = {"mlops-checkup": "0F6B78", "area": "5E6A71", "priority": "B4432D", "effort": "8A6D1D"}

HEAD = r"""#!/bin/sh
# Makes a GitHub issue for each fix of an MLOps Checkup, with the command line program gh (https://cli.github.com).
#
#   sh FILE --dry-run              says what it would do
#   sh FILE                        makes the issues in the repository of this folder
#   sh FILE --repo OWNER/NAME      makes them in that one
#
# Each issue holds a key. A key that stands in an issue already, open or closed, is skipped, so this may run again.
set -u

dry_run=no
made=0
skipped=0

stop() {
    printf '%s\n' "$1" >&2
    exit 1
}

while [ "$#" -gt 0 ]; do
    case "$1" in
    --dry-run) dry_run=yes ;;
    --repo)
        [ "$#" -gt 1 ] || stop 'Give the repository after --repo, as OWNER/NAME.'
        GH_REPO=$2
        export GH_REPO
        shift
        ;;
    *) stop "Unknown option: $1; use --dry-run or --repo OWNER/NAME." ;;
    esac
    shift
done

command -v gh >/dev/null 2>&1 || stop 'The program gh is missing; install it from https://cli.github.com.'

# Issues with the label are listed, which is up to date at once; one that lost it is found by the search.
known=$(gh api --paginate 'repos/{owner}/{repo}/issues?state=all&labels=mlops-checkup&per_page=100' --jq '.[].body') ||
    stop 'The issues could not be read; run "gh auth login", or name the repository with --repo OWNER/NAME.'
labels=$(gh label list --limit 1000 --json name --jq '.[].name') || stop 'The labels could not be read.'

exists() {
    case "$known" in *"$1"*) return 0 ;; esac
    found=$(gh issue list --state all --search "$1 in:body" --json body --jq '.[].body') ||
        stop "It could not be found out whether there is an issue with the key $1; nothing more is made."
    case "$found" in *"$1"*) return 0 ;; esac
    return 1
}

label() {
    if printf '%s\n' "$labels" | grep -qixF -e "$1"; then
        return 0
    fi
    if [ "$dry_run" = yes ]; then
        printf 'Would make the label %s\n' "$1"
        return 0
    fi
    gh label create "$1" --color "$2" --description 'From an MLOps Checkup' >/dev/null ||
        stop "The label $1 could not be made; ask for the right to write to the repository."
}

# ticket KEY TITLE BODY LABEL...
ticket() {
    key=$1
    title=$2
    body=$3
    shift 3
    if exists "$key"; then
        skipped=$((skipped + 1))
        printf 'There already: %s\n' "$title"
        return 0
    fi
    made=$((made + 1))
    if [ "$dry_run" = yes ]; then
        printf 'Would make: %s\n' "$title"
        return 0
    fi
    joined=$1
    shift
    for one in "$@"; do joined="$joined,$one"; done
    printf '%s\n' "$body" | gh issue create --title="$title" --label="$joined" --body-file=- ||
        stop "The issue could not be made: $title"
}

"""
FOOT = r"""
if [ "$dry_run" = yes ]; then
    printf '%s\n' "Nothing was changed: $made to make, $skipped there already."
else
    printf '%s\n' "Made $made, skipped $skipped that were there already."
fi
"""


def write(tickets: Sequence[Ticket]) -> bytes:
    """A script for every POSIX shell; the same tickets give the same bytes."""
    names = dict.fromkeys(label for ticket in tickets for label in ticket.labels)
    labels = "".join(f"label {quoted(name)} {_color(name)}\n" for name in names)
    calls = "".join(f"\n{_call(ticket)}\n" for ticket in tickets)
    return f"{HEAD}{labels}{calls}{FOOT}".encode()


def body(ticket: Ticket) -> str:
    """The ticket as Markdown: its key in a comment first, names as code, so that none is a mention or a link."""
    names = "\n".join(f"- {what}: {code(name)}" for what, name in ticket.names)
    sections = ("\n".join(_section(section)) for section in ticket.sections)
    return "\n\n".join(filter(None, (f"<!-- {ticket.key} -->", names, *sections, f"Key: {ticket.key}")))


def code(text: str) -> str:
    """Text as a Markdown code span that it cannot leave."""
    fence = "`" * (max((len(run) for run in TICKS.findall(text)), default=0) + 1)
    space = " " if "`" in text else ""
    return f"{fence}{space}{text}{space}{fence}"


def quoted(text: str) -> str:
    """Text as one word of a shell: nothing in it is run or replaced."""
    return "'" + text.replace("\0", "").replace("'", "'\\''") + "'"


def _call(ticket: Ticket) -> str:
    words: Iterable[str] = (ticket.key, ticket.title, body(ticket), *ticket.labels)
    return "ticket " + " ".join(map(quoted, words))


def _section(section: Section) -> Iterator[str]:
    yield f"### {section.heading}\n"
    mark = "- [ ] " if section.is_ticked else "- " if section.is_list else ""
    yield ("\n" if section.is_list else "\n\n").join(f"{mark}{line}" for line in section.lines)


def _color(label: str) -> str:
    return next(color for name, color in COLORS.items() if label.startswith(name))
