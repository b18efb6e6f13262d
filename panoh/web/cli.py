"""The command line: `panoh`."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import asdict
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from panoh.access.refusals import Refusal
from panoh.web.cli_arrivals import arrivals
from panoh.web.home import home

app = typer.Typer(no_args_is_help=True, pretty_exceptions_enable=False, help="Panoh: bring people home, without exposing anybody.")
db = typer.Typer(no_args_is_help=True, help="The database: the embedded one, or the one DATABASE_URL names.")
app.add_typer(db, name="db")
app.add_typer(arrivals, name="arrivals")
out, err = Console(), Console(stderr=True)

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for a script.")]
Port = Annotated[int, typer.Option(help="Port to listen on.")]
Host = Annotated[str, typer.Option(help="Address to listen on.")]


def main() -> None:
    """Run a command; a refusal is its sentence and exit code 2, never a trace."""
    try:
        app()
    except Refusal as refusal:
        err.print(str(refusal), style="bold red", soft_wrap=True)
        sys.exit(2)


@app.command()
def serve(
    port: Port = 8000,
    host: Host = "127.0.0.1",
    workers: Annotated[int, typer.Option(help="Processes that answer requests.")] = 2,
) -> None:
    """Run the server and the worker for long steps; the embedded database starts by itself."""
    from panoh.web.serving import prepare, serve_until_stopped

    prepare()
    out.print(f"Panoh answers at http://{host}:{port}/  (stop: Ctrl-C)")
    serve_until_stopped(host, port, workers)


@app.command()
def demo(
    port: Port = 8000,
    host: Host = "127.0.0.1",
    fresh: Annotated[bool, typer.Option("--fresh", help="Throw the demonstration away and make it anew.")] = False,
    no_serve: Annotated[bool, typer.Option("--no-serve", help="Only make the demonstration data.")] = False,
    families: Annotated[int, typer.Option(help="How many families to make up.")] = 400,
) -> None:
    """Run Panoh with demonstration data: made-up families of nobody, in an embedded database."""
    from panoh.web.refusals import DemoElsewhere

    if os.environ.get("DATABASE_URL"):
        raise DemoElsewhere
    os.environ["PANOH_DEMO"] = "1"
    from panoh.web.serving import prepare, serve_until_stopped

    prepare(fresh=fresh)
    from panoh.web.demo.load import load_demo, sign_ins

    load_demo(families=families)
    table = Table("Sign in as", "Password", "Role", title=f"Panoh answers at http://{host}:{port}/")
    for entry in sign_ins():
        table.add_row(entry["username"], entry["password"], entry["role"])
    out.print(table)
    out.print("All people in it are made up. Stop with Ctrl-C; the data stays. Fresh data: panoh demo --fresh")
    if not no_serve:
        serve_until_stopped(host, port, 2)


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
        out.print(f"{'Runs' if found.running else 'Does not run'}; PostgreSQL {found.version or 'not made yet'}; {found.folder}")
    raise typer.Exit(0 if found.running else 1)


@db.command()
def migrate() -> None:
    """Bring the tables up to this program, as the owner."""
    from panoh.web.serving import migrate as bring_up

    bring_up()
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
