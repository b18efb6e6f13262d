"""The command line: `panoh`."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, NoReturn

import psycopg
import typer
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db.utils import OperationalError, ProgrammingError
from rich.console import Console
from rich.table import Table

from panoh.access.refusals import Refusal
from panoh.web.cli_arrivals import arrivals, refuse_in_a_region
from panoh.web.cli_audit import audit
from panoh.web.cli_database import db, say_who_was_forgotten
from panoh.web.cli_keyring import keyring
from panoh.web.cli_parcels import exchange
from panoh.web.cli_plan import plan
from panoh.web.cli_roles import roles
from panoh.web.cli_staff import staff
from panoh.web.cli_vault import vault
from panoh.web.home import home
from panoh.web.refusals import HomeClosed

app = typer.Typer(
    no_args_is_help=True, pretty_exceptions_enable=False, help="Panoh: bring people home, without exposing anybody."
)
app.add_typer(db, name="db")
app.add_typer(keyring, name="keyring")
app.add_typer(staff, name="staff")
app.add_typer(roles, name="roles")
app.add_typer(arrivals, name="arrivals")
app.add_typer(vault, name="vault")
app.add_typer(exchange, name="exchange")
app.add_typer(plan, name="plan")
app.add_typer(audit, name="audit")
out, err = Console(), Console(stderr=True)

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for a script.")]
Port = Annotated[int, typer.Option(min=1, max=65535, help="Port to listen on.")]
Host = Annotated[str, typer.Option(help="Address to listen on.")]
Workers = Annotated[int, typer.Option(min=1, help="Processes that answer requests.")]
Threads = Annotated[int, typer.Option(min=1, help="Requests that each process answers at once.")]


def main() -> None:
    """Run a command; a refusal or a wrong setting is a sentence and exit code 2, never a trace."""
    try:
        app()
    except (Refusal, ImproperlyConfigured) as refusal:
        _end(refusal)
    except (psycopg.OperationalError, OperationalError) as error:
        why = str(error).strip().splitlines()[0]
        _end(f"The database does not answer: {why}")
    except ProgrammingError as error:
        if not isinstance(error.__cause__, psycopg.errors.InsufficientPrivilege):
            raise
        _end("The database is closed to the role of DATABASE_URL. Bring it up to date: panoh db migrate")
    except OSError as error:
        if not _is_about_the_home(error):
            raise
        _end(HomeClosed(path=error.filename, why=error.strerror))


def _end(why: object) -> NoReturn:
    if not settings.configured:  # a refusal is a text to translate, and before Django is set up there is no language
        settings.configure(USE_I18N=False)
    err.print(str(why), style="bold red", soft_wrap=True, markup=False, highlight=False)
    sys.exit(2)


def _is_about_the_home(error: OSError) -> bool:
    try:
        return error.filename is not None and Path(str(error.filename)).is_relative_to(home())
    except OSError:
        return True


@app.command()
def serve(
    port: Port = 8000,
    host: Host = "127.0.0.1",
    workers: Workers = 2,
    threads: Threads = 2,
) -> None:
    """Run the server, the worker for long steps and the vault; the embedded database starts by itself."""
    if not os.environ.get("DATABASE_URL") and not os.environ.get("PANOH_HOSTS"):
        # On this machine only, and without a name: there is no certificate that could fit.
        os.environ.setdefault("PANOH_PLAIN_HTTP", "1")
    from panoh.web.doctor import check_fence, check_region, check_roles
    from panoh.web.serving import forget_again, prepare, refuse_taken_port

    refuse_taken_port(host, port)
    was_running = _embedded_runs()
    _say_what_takes_long()
    prepare()
    check_fence()
    check_roles()
    check_region()
    if again := forget_again():
        say_who_was_forgotten(again)
    first = "" if _somebody_works_here() else _FIRST.replace("coordinator", _OPENS_ACCOUNTS[settings.PANOH_REGION])

    def show() -> None:
        out.print(f"Panoh answers at {_address(host, port)}  (stop: Ctrl-C)", soft_wrap=True)
        if first:
            out.print(first, soft_wrap=True, highlight=False)

    _serve(host, port, workers, threads, show, was_running)


@app.command()
def demo(
    port: Port = 8000,
    host: Host = "127.0.0.1",
    fresh: Annotated[bool, typer.Option("--fresh", help="Throw the demonstration away and make it anew.")] = False,
    no_serve: Annotated[bool, typer.Option("--no-serve", help="Only make the demonstration data.")] = False,
    families: Annotated[int, typer.Option(min=1, help="How many families to make up.")] = 400,
    workers: Workers = 2,
    threads: Threads = 2,
) -> None:
    """Run Panoh with demonstration data: made-up families of nobody, in an embedded database."""
    from panoh.web.refusals import DemoElsewhere, NoDemonstration

    if os.environ.get("DATABASE_URL"):
        raise DemoElsewhere
    refuse_in_a_region()
    os.environ["PANOH_DEMO"] = "1"
    from panoh.web.doctor import check_roles
    from panoh.web.serving import is_demonstration, prepare, refuse_taken_port

    if not no_serve:
        refuse_taken_port(host, port)
    was_running = _embedded_runs()
    _say_what_takes_long()
    if not is_demonstration():
        raise NoDemonstration(folder=home())
    prepare(fresh=fresh)
    check_roles()
    from panoh.access.models import Staff
    from panoh.web.demo import sign_ins

    if not Staff.objects.exists():
        from panoh.web.demo.load import load_demo  # loads much that a second start does not wait for

        load_demo(families=families)

    def show() -> None:
        table = Table("Sign in as", "Password", "Role", title=f"Panoh answers at {_address(host, port)}")
        for entry in sign_ins():
            table.add_row(entry["username"], entry["password"], entry["role"])
        out.print(table)
        out.print("All people in it are made up. Stop with Ctrl-C; the data stays. Fresh data: panoh demo --fresh")

    if no_serve:
        out.print(f"The demonstration is in {home()}. Run it: panoh demo", soft_wrap=True, highlight=False)
    else:
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
    """Return where people find it; behind a proxy that is another address than where it listens."""
    from panoh.web.environment import env_list

    near = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104  # compared, not bound
    listens = f"http://{f'[{near}]' if ':' in near else near}:{port}/"
    if settings.PLAIN_HTTP:
        return listens
    return f"https://{env_list('PANOH_HOSTS')[0].removeprefix('.')}/, from the proxy at {listens}"


_OPENS_ACCOUNTS = {False: "coordinator", True: "administrator"}  # in a regional instance
_FIRST = (
    "Nobody can sign in yet. Open the first account in another window:\n"
    '  panoh staff add coordinator --name "Your name" --agency "Your agency" --agency-kind ministry --role coordinator'
)


def _somebody_works_here() -> bool:
    from panoh.access.models import Staff

    return Staff.objects.filter(is_active=True).exists()


def _say_what_takes_long() -> None:
    if os.environ.get("DATABASE_URL"):
        return
    from panoh.web.embedded import status as look

    if not look(home()).made:
        err.print(f"Making a database in {home()}, once; this takes some seconds.", soft_wrap=True, highlight=False)


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
