"""Where do I find what works without a browser? `python cli.py --help` lists it: score, health, report and more.

Exit 0: fine. Exit 1: `doctor` or `diff` found something. Exit 2: wrong use or unreadable input, with a sentence on
stderr. What was asked for goes to stdout, JSON alone; what is said about it goes to stderr. Only what a command needs
is imported: `score` starts without the store, the pages and the reports.
"""

import argparse
import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import settings
from access.actors import Actor
from checklist.loader import the_checklist
from checklist.model import HEALTH_CHOICES, WHOLE, UnknownItem
from data.text import clean_text
from exchange.answers_file import AnswersFile
from exchange.workbook import MAX_BYTES, read_either
from terminal import (
    STDIN,
    Parser,
    WrongUse,
    content_of,
    forget_stdout,
    keep_stdout_for_results,
    say,
    write_to,
    write_utf8,
)
from version import VERSION

if TYPE_CHECKING:
    from data.model import Workspace
    from data.store import Store
    from reports.document import Report
    from reports.parts import Choice

PRODUCT = "MLOps Checkup"
# Whoever can run commands on this machine owns its store.
ACTOR = Actor("Command line", "owner")
ANSWERS = "a YAML or JSON file, a filled questionnaire (.xlsx), or - for stdin"
DIFF_SCHEMA = "mlops-checkup/diff/1"
EXAMPLE_WORKSPACE = "Example workspace"
FINE, FOUND, WRONG, INTERRUPTED = 0, 1, 2, 130


def main(argv: Sequence[str] | None = None) -> int:
    """Carry out a command (the process's own by default) and return its exit code."""
    write_utf8()
    try:
        options = _parser().parse_args(argv)
        code: int = options.run(options)
        print(end="", flush=True)
        return code
    except SystemExit as done:  # --help and --version
        return FINE if done.code is None else int(done.code)
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        forget_stdout()
        return FINE
    except OSError as fault:
        forget_stdout()
        say(f"The output could not be written ({fault.strerror or fault}); make room or write elsewhere.")
        return WRONG
    except _refusals() as refusal:
        say(str(refusal))
        return WRONG


# Commands


def score(options: argparse.Namespace) -> int:
    from scoring.evaluate import evaluate
    from scoring.path import cheapest_path
    from scoring.record import as_record

    given = _answers(options.answers)
    checklist = the_checklist().through(given.lens)
    answers = given.answers.within(checklist)
    result = evaluate(checklist, answers)
    path = cheapest_path(checklist, answers)
    if options.format == "json":
        print(json.dumps(as_record(checklist, given.system, result, path), indent=2, ensure_ascii=False))
    else:
        from reports.plain import result_text

        print(result_text(checklist, given.system, answers, result, path), end="")
    return FINE


def diff(options: argparse.Namespace) -> int:
    from exchange import wording
    from exchange.merge import differences

    checklist = the_checklist()
    before, after = _answers(options.before), _answers(options.after)
    if before.system != after.system:
        say(f"The files are about two systems: “{before.system}” and “{after.system}”.")
    found = differences(checklist, before, after)
    if options.format == "json":
        records = [wording.record(checklist, one) for one in found]
        print(json.dumps({"schema": DIFF_SCHEMA, "differences": records}, indent=2, ensure_ascii=False))
    else:
        for one in found:
            print(wording.sentence(checklist, one, options.before, options.after))
    return FOUND if found else FINE


def health(options: argparse.Namespace) -> int:
    from reports.plain import health_text
    from scoring.evaluate import health_result

    checklist = the_checklist()
    questions = [question.id for question in checklist.health]
    if len(options.choices) != len(questions):
        asked = ", ".join(questions)
        raise WrongUse(f"There are {len(options.choices)} answers; give {len(questions)}, in this order: {asked}.")
    for question, choice in zip(questions, options.choices, strict=True):
        if choice not in HEALTH_CHOICES:
            raise WrongUse(f'The answer to {question} is "{choice}"; give {", ".join(HEALTH_CHOICES)}.')
    result = health_result(checklist, dict(zip(questions, options.choices, strict=True)))
    print(health_text(checklist, result), end="")
    return FINE


def report(options: argparse.Namespace) -> int:
    from reports.formats import of_file
    from reports.parts import LOGO_BYTES, Choice, preset

    written_as = of_file(str(options.output))
    logo = content_of(options.logo, LOGO_BYTES) if options.logo else None
    choice = Choice(preset(options.preset).parts, options.paper, options.confidential, logo)
    write_to(options.output, written_as.write(_report(options.answers, choice)))
    say(f'The report is in "{options.output}".')
    return FINE


def tickets(options: argparse.Namespace) -> int:
    from reports import ticket, trackers

    tracker = trackers.get(options.tracker)
    if options.output.suffix.lower() != tracker.SUFFIX:
        raise WrongUse(f'"{options.output}" does not end in {tracker.SUFFIX}, as a {tracker.LABEL} does; rename it.')
    write_to(options.output, tracker.write(found := ticket.tickets(_report(options.answers))))
    say(f'The tickets are in "{options.output}": {len(found)}.')
    return FINE


def pack(options: argparse.Namespace) -> int:
    from reports import pack as fix_pack

    if options.to.suffix.lower() != fix_pack.SUFFIX:
        raise WrongUse(f'"{options.to}" does not end in {fix_pack.SUFFIX}; rename it.')
    whole = _report(options.answers)
    write_to(options.to, fix_pack.write(whole))
    say(f'The fix pack is in "{options.to}", with {len(fix_pack.fitting(whole))} starter kits.')
    return FINE


def questionnaire(options: argparse.Namespace) -> int:
    from reports.questionnaire import written

    write_to(options.output, written(options.output.suffix, the_checklist().through(options.lens)))
    say(f'The blank questionnaire is in "{options.output}".')
    return FINE


def kit(options: argparse.Namespace) -> int:
    from kits.archive import guide, unpack
    from kits.catalogue import the_kits

    if options.to and not options.id:
        raise WrongUse("Name the kit to write; without a name, kit lists them.")
    if not options.id:
        for one in the_kits().kits:
            print(f"{one.id:<22} {one.summary}")
        return FINE
    chosen = the_kits().kit(options.id)
    if not options.to:
        print(guide(chosen, the_checklist()), end="")
        return FINE
    count = unpack(chosen, the_checklist(), options.to)
    say(f'The kit "{chosen.title}" is in "{options.to}": {count} files. Begin with ADOPT.md.')
    return FINE


def export(options: argparse.Namespace) -> int:
    from exchange.workspace import export_workspace

    with _store() as store:
        workspace = _workspace(store, options.workspace)
        write_to(options.file, export_workspace(store, ACTOR, workspace.id, VERSION, with_access=True))
    say(f'The workspace "{workspace.name}" is in "{options.file}".')
    return FINE


def bring_in(options: argparse.Namespace) -> int:
    from exchange.workspace import import_workspace

    with _store(create=True) as store:
        say(import_workspace(store, ACTOR, options.file, with_access=True).summary)
    return FINE


def migrate(options: argparse.Namespace) -> int:
    with _store(create=True) as store:  # opening it is what brings its tables up to date
        say(f"The database {store.size().path} has the tables of {PRODUCT} {VERSION}.")
    return FINE


def backup(options: argparse.Namespace) -> int:
    with _store() as store:
        copy = store.backup(ACTOR, options.folder)
    say(f'The copy is "{copy}". To restore it, stop the app and put it in the place of the database.')
    return FINE


def doctor(options: argparse.Namespace) -> int:
    with _store() as store:
        checkup = store.doctor(ACTOR, the_checklist())
    for line in (*checkup.findings, checkup.summary):
        print(line)
    return FINE if checkup.is_healthy else FOUND


def demo(options: argparse.Namespace) -> int:
    from examples.workspace import fill

    with _store(create=True) as store:
        if EXAMPLE_WORKSPACE in _names([*store.workspaces.all(ACTOR), *store.workspaces.all(ACTOR, archived=True)]):
            say(f'The workspace "{EXAMPLE_WORKSPACE}" is there already; nothing was added.')
            return FINE
        untouched = _untouched(store)
        workspace = store.workspaces.create(ACTOR, EXAMPLE_WORKSPACE)
        try:
            systems = fill(store, ACTOR, workspace.id, _now().date())
        except BaseException:
            store.workspaces.delete(ACTOR, workspace.id)  # half an example would pass for a whole one
            raise
        if untouched:
            # Nobody has used it yet, and it would hide the example behind an empty page.
            store.workspaces.archive(ACTOR, untouched.id)
    say(f'The workspace "{EXAMPLE_WORKSPACE}" is there now, with {len(systems)} systems and their milestones.')
    return FINE


# What commands share


def _untouched(store: "Store") -> "Workspace | None":
    """The only workspace there is, if nothing was ever put into it."""
    known = [*store.workspaces.all(ACTOR), *store.workspaces.all(ACTOR, archived=True)]
    if len(known) != 1 or store.systems.all(ACTOR, known[0].id) or store.systems.all(ACTOR, known[0].id, archived=True):
        return None
    return known[0]


def _answers(name: str) -> AnswersFile:
    return read_either(content_of(name, MAX_BYTES), "stdin" if name == STDIN else name, the_checklist())


def _report(name: str, choice: "Choice | None" = None) -> "Report":
    from reports.alone import report_of

    checklist = the_checklist().through((given := _answers(name)).lens)
    return report_of(given.system, checklist, given.answers.within(checklist), _now(), VERSION, choice)


@contextmanager
def _store(create: bool = False) -> "Iterator[Store]":
    """The store that the settings name; unless `create`, it must be there already."""
    from data.duckdb_file import MEMORY
    from data.store import DUCKDB, open_store

    url, migrate_url = settings.database_urls()
    path = url.removeprefix(DUCKDB)
    if not create and path not in (url, MEMORY) and not os.path.lexists(path):
        raise WrongUse(f'There is no database "{path}"; start the app once, or correct CHECKUP_DATABASE_URL.')
    with open_store(url, migrate_url=migrate_url) as store:
        yield store


def _workspace(store: "Store", name: str | None) -> "Workspace":
    """The workspace of this name, or the only one."""
    known = store.workspaces.all(ACTOR)
    if name is None:
        found = known
    else:
        known = [*known, *store.workspaces.all(ACTOR, archived=True)]
        found = [workspace for workspace in known if workspace.name == clean_text(name)]
    if len(found) == 1:
        return found[0]
    names = ", ".join(f'"{one}"' for one in _names(known))
    if not found:
        raise WrongUse(f'There is no workspace "{name}"; choose one of {names}.')
    if name is None:
        raise WrongUse(f"There are {len(found)} workspaces; choose one with --workspace: {names}.")
    raise WrongUse(f'{len(found)} workspaces are called "{name}"; rename one of them on the settings page.')


def _names(workspaces: "Sequence[Workspace]") -> list[str]:
    return [workspace.name for workspace in workspaces]


def _now() -> datetime:
    return datetime.now(UTC)


def _refusals() -> tuple[type[Exception], ...]:
    """Every refusal whose message is a sentence; looked up only when something was raised."""
    from access.permissions import Forbidden
    from checklist.reading import ContentError
    from data.errors import StoreError
    from exchange.archive import FileRefused
    from kits.archive import FolderRefused
    from kits.model import UnknownKit
    from reports.formats import UnknownFormat
    from reports.parts import WrongChoice
    from reports.questionnaire import UnknownForm

    wrong_use = (WrongUse, WrongChoice, UnknownFormat, UnknownForm, UnknownItem, UnknownKit, FolderRefused)
    return (*wrong_use, ContentError, settings.SettingsError, StoreError, FileRefused, Forbidden)


def _parser() -> Parser:
    parser = Parser(prog="cli.py", description=f"{PRODUCT} without a browser.", allow_abbrev=False)
    parser.add_argument("--version", action="version", version=f"{PRODUCT} {VERSION}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)

    def command(name: str, run: Callable[[argparse.Namespace], int], words: str) -> argparse.ArgumentParser:
        one = commands.add_parser(name, help=words, description=f"{words[:1].upper()}{words[1:]}.", allow_abbrev=False)
        one.set_defaults(run=run)
        return one

    one = command("score", score, "show what an answers file means")
    one.add_argument("answers", metavar="ANSWERS", help=ANSWERS)
    one.add_argument("--format", choices=("text", "json"), default="text")
    one = command("diff", diff, "show what differs between two answers files; exit 1 when something does")
    one.add_argument("before", metavar="BEFORE", help="a YAML or JSON file, or - for stdin")
    one.add_argument("after", metavar="AFTER", help="the file to compare it with")
    one.add_argument("--format", choices=("text", "json"), default="text")
    one = command("health", health, "answer the five questions of the health check")
    one.add_argument("choices", metavar="ANSWER", nargs="*", help="yes, no or unsure, in the order of the questions")
    one = command("report", report, "write a report about an answers file")
    one.add_argument("answers", metavar="ANSWERS", help=ANSWERS)
    one.add_argument("--output", metavar="FILE", type=Path, required=True, help="its ending chooses the format")
    one.add_argument("--preset", metavar="NAME", default="auditor", help="executive, team or auditor (everything)")
    one.add_argument("--paper", metavar="SIZE", default="A4", help="A4 or Letter")
    one.add_argument("--confidential", metavar="LINE", default="", help="a line that stands on every page")
    one.add_argument("--logo", metavar="FILE", help="a PNG or JPEG of at most 1 MB for the cover")
    one = command("tickets", tickets, "write the open fixes for an issue tracker")
    one.add_argument("answers", metavar="ANSWERS", help=ANSWERS)
    one.add_argument("--output", metavar="FILE", type=Path, required=True, help="a .sh for github, a .csv for others")
    one.add_argument("--for", dest="tracker", choices=("github", "jira", "azure"), required=True)
    one = command("pack", pack, "write report, tickets and the starter kits that fit into one zip")
    one.add_argument("answers", metavar="ANSWERS", help=ANSWERS)
    one.add_argument("--to", metavar="FILE.zip", type=Path, required=True)
    one = command("questionnaire", questionnaire, "write a blank form, which score and report read when filled in")
    one.add_argument("--output", metavar="FILE", type=Path, required=True, help=".xlsx to fill in, .pdf to print")
    one.add_argument("--lens", metavar="ID", default=WHOLE, help="the lens through which it asks")
    one = command("kit", kit, "list the starter kits, say how to adopt one, or write it into a folder")
    one.add_argument("id", metavar="ID", nargs="?", help="the kit; without it, all are listed")
    one.add_argument("--to", metavar="FOLDER", type=Path, help="an empty or new folder to write it into")
    one = command("export", export, "write a workspace into a zip file")
    one.add_argument("file", metavar="FILE.zip", type=Path)
    one.add_argument("--workspace", metavar="NAME", help="needed where there are several")
    one = command("import", bring_in, "bring in a workspace from a zip file")
    one.add_argument("file", metavar="FILE.zip", type=Path)
    command("migrate", migrate, "bring the database's tables up to date, as starting the app does")
    one = command("backup", backup, "copy the database into a folder; a PostgreSQL has pg_dump instead")
    one.add_argument("folder", metavar="FOLDER", type=Path)
    command("doctor", doctor, "examine the database; exit 1 when something is wrong")
    command("demo", demo, "add an example workspace to the database")
    return parser


if __name__ == "__main__":
    keep_stdout_for_results()
    sys.exit(main())
