"""The command line: `panoh`."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from dataclasses import asdict
from typing import Annotated

import django
import psycopg
import typer
from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from django.db.utils import OperationalError
from rich.console import Console
from rich.table import Table

from panoh.access.refusals import Refusal
from panoh.web.cli_arrivals import arrivals
from panoh.web.home import home

app = typer.Typer(
    no_args_is_help=True, pretty_exceptions_enable=False, help="Panoh: bring people home, without exposing anybody."
)
db = typer.Typer(no_args_is_help=True, help="The database: the embedded one, or the one DATABASE_URL names.")
app.add_typer(db, name="db")
app.add_typer(arrivals, name="arrivals")
out, err = Console(), Console(stderr=True)

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for a script.")]
Port = Annotated[int, typer.Option(help="Port to listen on.")]
Host = Annotated[str, typer.Option(help="Address to listen on.")]
Workers = Annotated[int, typer.Option(min=1, help="Processes that answer requests.")]
Threads = Annotated[int, typer.Option(min=1, help="Requests that each process answers at once.")]


def main() -> None:
    """Run a command; a refusal or a wrong setting is a sentence and exit code 2, never a trace."""
    try:
        app()
    except (Refusal, ImproperlyConfigured) as refusal:
        if isinstance(refusal, Refusal) and not apps.ready:  # a refusal speaks through Django's translations
            django.setup()
        err.print(str(refusal), style="bold red", soft_wrap=True, markup=False, highlight=False)
        sys.exit(2)
    except (psycopg.OperationalError, OperationalError) as error:
        why = str(error).strip().splitlines()[0]
        err.print(
            f"The database does not answer: {why}", style="bold red", soft_wrap=True, markup=False, highlight=False
        )
        sys.exit(2)


@app.command()
def serve(
    port: Port = 8000,
    host: Host = "127.0.0.1",
    workers: Workers = 2,
    threads: Threads = 2,
) -> None:
    """Run the server and the worker for long steps; the embedded database starts by itself."""
    if not os.environ.get("DATABASE_URL") and not os.environ.get("PANOH_HOSTS"):
        # On this machine only, and without a name: there is no certificate that could fit.
        os.environ.setdefault("PANOH_PLAIN_HTTP", "1")
    from panoh.web.serving import prepare

    was_running = _embedded_runs()
    prepare()
    _serve(
        host,
        port,
        workers,
        threads,
        lambda: out.print(f"Panoh answers at {_address(host, port)}  (stop: Ctrl-C)"),
        was_running,
    )


@app.command()
def demo(
    port: Port = 8000,
    host: Host = "127.0.0.1",
    fresh: Annotated[bool, typer.Option("--fresh", help="Throw the demonstration away and make it anew.")] = False,
    no_serve: Annotated[bool, typer.Option("--no-serve", help="Only make the demonstration data.")] = False,
    families: Annotated[int, typer.Option(help="How many families to make up.")] = 400,
    workers: Workers = 2,
    threads: Threads = 2,
) -> None:
    """Run Panoh with demonstration data: made-up families of nobody, in an embedded database."""
    from panoh.web.refusals import DemoElsewhere, NoDemonstration

    if os.environ.get("DATABASE_URL"):
        raise DemoElsewhere
    os.environ["PANOH_DEMO"] = "1"
    from panoh.web.serving import is_demonstration, prepare

    was_running = _embedded_runs()
    if not is_demonstration():
        raise NoDemonstration(folder=home())
    prepare(fresh=fresh)
    from panoh.web.demo.load import load_demo, sign_ins

    load_demo(families=families)

    def show() -> None:
        table = Table("Sign in as", "Password", "Role", title=f"Panoh answers at {_address(host, port)}")
        for entry in sign_ins():
            table.add_row(entry["username"], entry["password"], entry["role"])
        out.print(table)
        out.print("All people in it are made up. Stop with Ctrl-C; the data stays. Fresh data: panoh demo --fresh")

    if not no_serve:
        _serve(host, port, workers, threads, show, was_running)


def _serve(host: str, port: int, workers: int, threads: int, ready: Callable[[], None], was_running: bool) -> None:
    from panoh.web.serving import rest_database, serve_until_stopped

    try:
        serve_until_stopped(host, port, workers, threads=threads, ready=ready)
    finally:
        if not was_running and not os.environ.get("DATABASE_URL"):
            rest_database()


def _embedded_runs() -> bool:
    if os.environ.get("DATABASE_URL"):
        return False
    from panoh.web.embedded import status as look

    return look(home()).running


def _address(host: str, port: int) -> str:
    return f"http://{f'[{host}]' if ':' in host else host}:{port}/"


@db.command()
def up() -> None:
    """Start the embedded database, making it on first use."""
    from panoh.web.embedded import ensure_running

    ensure_running(home())
    out.print("The database runs.")


@db.command()
def down() -> None:
    """Stop the embedded database."""
    from panoh.web.embedded import stop

    out.print("The database is stopped." if stop(home()) else "The database did not run.")


@db.command()
def status(as_json: AsJson = False) -> None:
    """Say whether the embedded database is there and runs."""
    from panoh.web.embedded import status as look

    found = look(home())
    if as_json:
        print(json.dumps(asdict(found)))
    else:
        out.print(
            "Runs" if found.running else "Does not run", f"PostgreSQL {found.version or 'not made yet'}", found.folder
        )
    raise typer.Exit(0 if found.running else 1)


@db.command()
def migrate() -> None:
    """Bring the tables up to this program, as the owner."""
    from panoh.web.serving import migrate as bring_up
    from panoh.web.serving import prepare

    bring_up() if os.environ.get("DATABASE_URL") else prepare()
    out.print("The database is up to date.")


@app.command()
def doctor(as_json: AsJson = False) -> None:
    """Check database, keyring, roles, disk, clock and browser, and say what to do."""
    from panoh.web.doctor import examine

    found = examine()
    if as_json:
        print(json.dumps([asdict(finding) for finding in found]))
    else:
        table = Table("", "What", "Found", "What to do", box=None)
        for finding in found:
            table.add_row("ok" if finding.is_well else "[bold red]!![/]", finding.what, finding.found, finding.to_do)
        out.print(table)
    raise typer.Exit(0 if all(finding.is_well or finding.is_optional for finding in found) else 1)
