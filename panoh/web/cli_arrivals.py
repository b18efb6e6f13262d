"""`panoh arrivals`: lists of people at the command line."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

arrivals = typer.Typer(
    no_args_is_help=True, help="Lists of people: passenger lists, camp lists, applications of relatives."
)
out = Console()


class Kind(StrEnum):
    """What a list is."""

    passenger = "passenger"
    camp = "camp"
    relatives = "relatives"


def refuse_in_a_region() -> None:
    """Refuse a step of casework where it is switched off.

    Raises:
        NotInARegion.
    """
    from panoh.web.environment import env_bool
    from panoh.web.refusals import NotInARegion

    if env_bool("PANOH_REGION", default=False):
        raise NotInARegion


@arrivals.callback()
def lists() -> None:
    """Lists of people: passenger lists, camp lists, applications of relatives."""
    refuse_in_a_region()


@arrivals.command("import")
def import_list(
    file: Annotated[Path, typer.Argument(help="An .xlsx, .csv or .ods file.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say how each row is read; keep nothing.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for a script.")] = False,
    kind: Annotated[Kind | None, typer.Option(help="What the list is; else it is found out.")] = None,
    sender: Annotated[str, typer.Option(help="Who sent it; its columns are remembered under this name.")] = "",
    columns: Annotated[
        list[str] | None,
        typer.Option("--column", help="What a column means: A=name. May be given for several; see the guide."),
    ] = None,
    username: Annotated[str, typer.Option("--as", help="Import as this member of staff.")] = "",
) -> None:
    """Import a list of people. Nothing is dropped: every row is ready, needs a decision, or cannot be read."""
    from panoh.access.refusals import Refusal
    from panoh.web.serving import prepare

    prepare()
    try:
        report = (
            _read(file, kind.value if kind else None, sender, columns or ())
            if dry_run
            else _import(file, kind, sender, columns or (), username, as_json)
        )
    except Refusal as refusal:
        if not as_json:
            raise
        problem = {"row": refusal.details.get("row"), "column": refusal.details.get("column"), "message": str(refusal)}
        refused = {"rows": 0, "ready": 0, "needs_decision": 0, "unreadable": 0, "problems": [problem]}
        print(json.dumps({**refused, "error": {"code": refusal.code, "message": str(refusal)}}, ensure_ascii=False))
        raise typer.Exit(2) from refusal
    print(json.dumps(report, ensure_ascii=False)) if as_json else _show(report)


def content_of(file: Path) -> bytes:
    """Return what is in a file, or refuse with what is the matter with it."""
    from panoh.casework.reading.grid import MEGABYTE, MOST_MEGABYTES
    from panoh.casework.reading.refusals import FileTooLarge
    from panoh.web.refusals import FileClosed, FileIsFolder, FileMissing

    try:
        size = file.stat().st_size
        if size > MOST_MEGABYTES * MEGABYTE:
            raise FileTooLarge(megabytes=f"{size / MEGABYTE:,.0f}", most=MOST_MEGABYTES)
        return file.read_bytes()
    except (FileNotFoundError, NotADirectoryError) as error:
        raise FileMissing(path=file) from error
    except IsADirectoryError as error:
        raise FileIsFolder(path=file) from error
    except OSError as error:
        raise FileClosed(path=file, why=error.strerror or error) from error


def _read(file: Path, kind: str | None, sender: str, columns: Sequence[str]) -> dict[str, Any]:
    from panoh.casework import actions
    from panoh.casework.queries.lists import report_of
    from panoh.casework.reading import by_equation

    _, read = actions.dry_run(content_of(file), file.name, kind=kind, sender=sender, columns=by_equation(columns))
    return report_of(read)


def _import(
    file: Path, kind: Kind | None, sender: str, columns: Sequence[str], username: str, quiet: bool
) -> dict[str, Any]:
    from django.db import transaction

    from panoh.access.entrances import Actor
    from panoh.access.first_steps import staff_called
    from panoh.casework import actions
    from panoh.casework.reading import by_equation
    from panoh.web.doctor import check_keyring

    check_keyring()
    actor = Actor.of(staff_called(username)) if username else Actor.operator()
    content = content_of(file)
    with Progress(console=Console(stderr=True), disable=quiet, transient=True) as bar:
        task = bar.add_task("Reading", total=None)
        report = _read(file, kind.value if kind else None, sender, columns)

        def progress(done: int, total: int) -> None:
            bar.update(task, description="Registering", completed=done, total=total)

        with transaction.atomic():
            arrivals_list = actions.read_list(
                actor,
                content=content,
                file_name=file.name,
                sender=sender,
                kind=kind.value if kind else None,
                columns=by_equation(columns),
            )
            done = actions.confirm_list(actor, arrivals_list, progress=progress)
    return {
        **report,
        "created": {"list": done.code, **{k: v for k, v in asdict(done).items() if k not in {"code", "held"}}},
        "held": done.held,
    }


def _show(report: dict[str, Any]) -> None:
    from django.utils.translation import ngettext

    table = Table("Rows", "Ready", "Need a decision", "Cannot be read", title_justify="left")
    table.title = f"{report['kind'].capitalize()} list: {report['kind_reason']}"
    table.add_row(*(str(report[key]) for key in ("rows", "ready", "needs_decision", "unreadable")))
    out.print(table)
    for problem in report["problems"]:
        where = f"row {problem['row']}, {problem['column'] or 'whole row'}"
        out.print(f"{where}: {problem['message']}", soft_wrap=True, markup=False)
    for sentence in report["list"]:
        out.print(sentence, soft_wrap=True, markup=False)
    if created := report.get("created"):
        persons = ngettext("%(n)s person", "%(n)s persons", created["persons"]) % {"n": created["persons"]}
        families = ngettext("%(n)s family", "%(n)s families", created["families"]) % {"n": created["families"]}
        requests = created["tracing_requests"]
        traced = ngettext("%(n)s tracing request", "%(n)s tracing requests", requests) % {"n": requests}
        waits = ngettext("%(n)s row waits", "%(n)s rows wait", report["held"]) % {"n": report["held"]}
        out.print(
            f"List {created['list']}: {persons} in {families}, {traced}; {waits} for a decision.",
            soft_wrap=True,
            highlight=False,
        )
