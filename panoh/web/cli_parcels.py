"""`panoh exchange pack` and `unpack`: parcels on machines without a line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from panoh.web.cli_exchange import exchange

__all__ = ["exchange"]

out = Console()

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for a script.")]
WhoActs = Annotated[str, typer.Option("--as", help="User name of whoever acts.")]


@exchange.command("pack")
def pack(
    to: Annotated[str, typer.Option(help="Code or name of the partner.")],
    username: WhoActs,
    file: Annotated[Path | None, typer.Option("--out", help="Where to write it; else CODE.panoh here.")] = None,
    everything: Annotated[bool, typer.Option("--all", help="Also what the partner was told already.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would leave; sign nothing.")] = False,
    as_json: AsJson = False,
) -> None:
    """Sign what the country of whoever acts, or the region, has to say to a partner, as one file."""
    from panoh.web.serving import prepare

    prepare()
    from panoh.access.entrances import Actor
    from panoh.access.first_steps import staff_called
    from panoh.access.tokens import acting_for
    from panoh.exchange import actions, queries
    from panoh.exchange.parcels.files import SUFFIX

    actor, partner = Actor.of(staff_called(username)), _partner(to)
    with acting_for(actor.staff_id):
        things = queries.what_would_leave(actor, partner, everything=everything)
    told: dict[str, Any] = {
        "partner": partner.name,
        "things": [{"name": one.name, "words": one.words} for one in things],
    }
    if not dry_run:
        parcel = actions.send_parcel(actor, partner, everything=everything)
        where = file or Path(f"{parcel.code}{SUFFIX}")
        where.write_bytes(actions.fetch_parcel(actor, parcel))
        told |= {"parcel": parcel.code, "number": parcel.number, "digest": parcel.digest, "file": str(where)}
    if as_json:
        print(json.dumps(told, ensure_ascii=False))
        return
    _table(f"To {partner.name}", [("leaves", one.words, "") for one in things])
    out.print(
        "Nothing was signed." if dry_run else f"Parcel {told['number']} is in {told['file']}.",
        markup=False, highlight=False, soft_wrap=True,
    )  # fmt: skip


@exchange.command("unpack")
def unpack(
    file: Annotated[Path, typer.Argument(help="A .panoh file.")],
    username: Annotated[
        str, typer.Option("--as", help="Keep it as this member of staff; else it is only looked at.")
    ] = "",
    take_in: Annotated[bool, typer.Option("--take-in", help="Take in what is new and changed (with --as).")] = False,
    as_json: AsJson = False,
) -> None:
    """Say who signed a parcel, and how what it brings differs from what stands here.

    Without --as nothing is kept, and what the operator does not read is said to stand here, not compared.
    """
    from panoh.web.serving import prepare

    prepare()
    from panoh.access.refusals import Refusal

    try:
        told = _unpack(file, username, take_in=take_in)
    except Refusal as refusal:
        if not as_json:
            raise
        print(json.dumps({"error": {"code": refusal.code, "message": str(refusal)}}, ensure_ascii=False))
        raise typer.Exit(2) from refusal
    if as_json:
        print(json.dumps(told, ensure_ascii=False))
        return
    _table(
        f"Parcel {told['number']} of {told['partner']}", [(o["verdict"], o["words"], o["why"]) for o in told["things"]]
    )
    out.print(f"State: {told['state']}.", markup=False, highlight=False)


def _unpack(file: Path, username: str, *, take_in: bool) -> dict[str, Any]:
    from panoh.access.entrances import Actor
    from panoh.access.first_steps import staff_called
    from panoh.access.tokens import acting_for
    from panoh.exchange import actions, queries
    from panoh.exchange.models import Parcel
    from panoh.exchange.parcels.files import unpacked
    from panoh.web.cli_arrivals import content_of

    actor, content = Actor.of(staff_called(username)) if username else Actor.operator(), content_of(file)
    state: object = "only looked at"
    if username:
        parcel = actions.receive_parcel(actor, content)
        with acting_for(actor.staff_id):
            found, partner, number = queries.parcel_shown(actor, parcel).found, parcel.partner, parcel.number
        if take_in:
            parcel = actions.take_in_parcel(actor, parcel)
        state = Parcel.State(parcel.state).label
    else:
        seen = queries.checked(unpacked(content))
        found, partner, number = queries.shown_of(actor, seen), seen.partner, seen.document.number
    things = [
        {"name": one.thing.name, "words": one.thing.words, "verdict": one.verdict, "why": one.why} for one in found
    ]
    return {"partner": partner.name, "number": number, "state": str(state), "things": things}


def _partner(word: str) -> Any:
    from panoh.exchange import queries
    from panoh.web.refusals import PartnerNotCalled

    found = [one for one in queries.partners() if word in (one.code, one.name)]
    if len(found) != 1:
        raise PartnerNotCalled(word=word)
    return found[0]


def _table(title: str, rows: list[tuple[str, str, str]]) -> None:
    table = Table("", "What", "Why", title=title, title_justify="left")
    for row in rows:
        table.add_row(*row)
    out.print(table, markup=False)
