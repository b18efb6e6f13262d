"""`panoh vault`: the sealed register: its index of names, and the joining of lists."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.progress import Progress, TaskID
from rich.table import Table

from panoh.web.cli_arrivals import content_of, refuse_in_a_region

if TYPE_CHECKING:
    from panoh.vault.queries import Joined, LinkRecord

vault = typer.Typer(no_args_is_help=True, help="The sealed register: its index of names, and joining lists.")
out, err = Console(), Console(stderr=True)

STEPS = {"reading": "Reading names", "finding": "Finding pairs", "weighing": "Weighing pairs", "searching": "Searching"}


class EngineChoice(StrEnum):
    """What the pairs are found by."""

    duckdb = "duckdb"
    spark = "spark"


@vault.callback()
def identities() -> None:
    """The sealed register: its index of names, and joining lists."""
    refuse_in_a_region()


@vault.command()
def rekey(as_json: Annotated[bool, typer.Option("--json", help="Print JSON for a script.")] = False) -> None:
    """Make the index of names anew after an update or a new search key, while people work; stopped, it goes on."""
    from panoh.web.doctor import check_keyring
    from panoh.web.serving import prepare

    prepare()
    check_keyring()
    from panoh.vault import rekeying

    with Progress(console=err, disable=as_json, transient=True) as bar:
        task = bar.add_task("Making the index anew", total=None)
        made = rekeying.rekey(lambda done, total: bar.update(task, completed=done, total=total))
    if as_json:
        print(json.dumps({"rekeyed": made}))
    else:
        out.print(f"{made:,} people are in the index by today's rules.", highlight=False)


@vault.command("serve")
def serve_keys(
    socket: Annotated[Path | None, typer.Option(help="Where to listen; else PANOH_VAULT_SOCKET says it.")] = None,
) -> None:
    """Hold the keys for servers of other users: run it as a user of its own, who alone can read the keyring."""
    import os

    from panoh.vault.broker import SOCKET
    from panoh.web.serving import prepare
    from panoh.web.vault import keep

    path = socket or Path(os.environ.pop(SOCKET, ""))
    if path == Path():
        raise typer.BadParameter("Say where to listen: --socket, or PANOH_VAULT_SOCKET.")
    prepare()
    keep(path, ready=lambda: out.print(f"The vault answers at {path}  (stop: Ctrl-C)", soft_wrap=True))


@vault.command("link")
def link_lists(
    lists: Annotated[list[Path], typer.Argument(help="Lists of people: .xlsx, .csv or .ods files.")],
    register: Annotated[bool, typer.Option("--register", help="Compare with those who are registered, too.")] = False,
    engine: Annotated[EngineChoice, typer.Option(help="What the pairs are found by.")] = EngineChoice.duckdb,
    threshold: Annotated[float, typer.Option(min=0.01, max=0.999, help="How sure a pair must be to be told.")] = 0.9,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for a script.")] = False,
) -> None:
    """Say which rows of the lists are probably one person, by file and row; no name is printed, nothing is kept."""
    _prepare(register)
    from panoh.vault.queries import LinkSettings, link
    from panoh.web.home import home

    with Progress(console=err, disable=as_json, transient=True) as bar:
        tasks: dict[str, TaskID] = {}

        def told(step: str, done: int, total: int) -> None:
            if step not in tasks:
                tasks[step] = bar.add_task(STEPS[step], total=total)
            bar.update(tasks[step], completed=done, total=total)

        records = _records(lists)
        files = Counter(record.source for record in records)
        if register:
            from panoh.access.entrances import Actor
            from panoh.casework.queries.linking import records_near

            records += records_near(
                Actor.operator(), records, about="", progress=lambda done, total: told("searching", done, total)
            )
        home().mkdir(mode=0o700, parents=True, exist_ok=True)
        found = link(records, LinkSettings(engine=engine.value, threshold=threshold, scratch=home()), told)
    pairs = [_pair(records, one) for one in found if files.keys() & {records[one.a].source, records[one.b].source}]
    if as_json:
        print(json.dumps({"pairs": pairs, "lists": dict(files)}, ensure_ascii=False))
    else:
        _show(pairs, files)


def _prepare(register: bool) -> None:
    """Bring a database up only where one is asked."""
    if register:
        from panoh.web.doctor import check_keyring
        from panoh.web.serving import prepare

        prepare()
        check_keyring()
    else:
        import os

        import django

        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "panoh.web.settings")
        django.setup()


def _records(lists: Sequence[Path]) -> list[LinkRecord]:
    from panoh.casework.queries.linking import records_of_file
    from panoh.web.refusals import FileTwice

    names = Counter(path.name for path in lists)
    if twice := [name for name, count in names.items() if count > 1]:
        raise FileTwice(name=twice[0])
    return [record for path in lists for record in records_of_file(content_of(path), path.name)]


def _pair(records: Sequence[LinkRecord], one: Joined) -> dict[str, Any]:
    a, b = (f"{record.source}:{record.row}" for record in (records[one.a], records[one.b]))
    why = [f"{finding.field}: {finding.code}" for finding in one.findings]
    return {"a": a, "b": b, "weight": round(one.weight, 2), "probability": round(one.probability, 4), "why": why}


def _show(pairs: Sequence[dict[str, Any]], files: Counter[str]) -> None:
    table = Table("One", "Other", "How sure", "Why", box=None)
    for pair in pairs:
        table.add_row(pair["a"], pair["b"], f"{pair['probability']:.1%}", ", ".join(pair["why"]))
    out.print(table)
    counted = ", ".join(f"{name}: {rows} rows" for name, rows in files.items())
    out.print(f"{len(pairs)} pairs. {counted}. Nothing was kept.", soft_wrap=True, markup=False, highlight=False)
