"""`panoh db`: the database at the command line."""

from __future__ import annotations

import json
import os
from dataclasses import asdict
from typing import Annotated

import psycopg
import typer
from rich.console import Console

from panoh.web.home import home

db = typer.Typer(no_args_is_help=True, help="The database: the embedded one, or the one DATABASE_URL names.")
out = Console()


@db.command()
def up() -> None:
    """Start the embedded database, making it on first use."""
    _only_the_embedded_one()
    from panoh.web.embedded import ensure_running

    ensure_running(home())
    out.print("The database runs.")


@db.command()
def down() -> None:
    """Stop the embedded database, unless other programs work with it."""
    _only_the_embedded_one()
    from panoh.web.embedded import others_connected, stop
    from panoh.web.embedded import status as look
    from panoh.web.refusals import DatabaseInUse

    if look(home()).running and others_connected(home()):
        raise DatabaseInUse
    out.print("The database is stopped." if stop(home()) else "The database did not run.")


@db.command()
def status(as_json: Annotated[bool, typer.Option("--json", help="Print JSON for a script.")] = False) -> None:
    """Say whether the database is there and answers."""
    if os.environ.get("DATABASE_URL"):
        _status_of_the_given_one(as_json)
    from panoh.web.embedded import status as look

    found = look(home())
    if as_json:
        print(json.dumps(asdict(found)))
    else:
        version = f"PostgreSQL {found.version}" if found.version else "not made yet"
        out.print(f"{'Runs' if found.running else 'Does not run'}: {version}, {found.folder}", soft_wrap=True)
    raise typer.Exit(0 if found.running else 1)


@db.command()
def migrate() -> None:
    """Bring the tables up to this program, as the owner."""
    from panoh.web.serving import migrate as bring_up
    from panoh.web.serving import prepare

    bring_up() if os.environ.get("DATABASE_URL") else prepare()
    out.print("The database is up to date.")


@db.command()
def restored() -> None:
    """Forget again whoever a restored backup brought back; “panoh serve” does it by itself before it serves."""
    from panoh.web.doctor import check_keyring
    from panoh.web.serving import forget_again, prepare

    prepare()
    check_keyring()
    say_who_was_forgotten(forget_again())


def say_who_was_forgotten(again: int) -> None:
    """Say how many people were forgotten again."""
    from django.utils.translation import ngettext

    said = ngettext("%(n)s person", "%(n)s people", again) % {"n": again}
    out.print(
        f"Forgotten again, for a restored backup had brought them back: {said}."
        if again
        else "Nobody who was forgotten can be read again.",
        soft_wrap=True,
        highlight=False,
    )


def _only_the_embedded_one() -> None:
    from panoh.web.refusals import GivenElsewhere

    if os.environ.get("DATABASE_URL"):
        raise GivenElsewhere


def _status_of_the_given_one(as_json: bool) -> None:
    from panoh.web.environment import database
    from panoh.web.serving import knock

    given = database("DATABASE_URL")
    address = f"{given['NAME']} at {given['HOST'] or given['OPTIONS'].get('host') or 'this machine'}"
    version = why = ""
    try:
        version = knock()
    except psycopg.OperationalError as error:
        why = str(error).strip().splitlines()[0]
    if as_json:
        print(json.dumps({"running": not why, "version": version, "database": address, "why": why}))
    else:
        said = f"Does not answer: {address}: {why}" if why else f"Answers: PostgreSQL {version}, {address}"
        out.print(said, soft_wrap=True, markup=False, highlight=False)
    raise typer.Exit(1 if why else 0)
