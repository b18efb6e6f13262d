"""`panoh exchange`: what countries tell each other, at the command line."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

exchange = typer.Typer(no_args_is_help=True, help="What countries tell each other: reports of conferences.")
out = Console()


@exchange.callback()
def between_countries() -> None:
    """What countries tell each other: reports of conferences."""


@exchange.command("read")
def read(
    file: Annotated[Path, typer.Argument(help="The report: .txt, .md, .docx or PDF, in English or Russian.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for a script.")] = False,
) -> None:
    """Read a report of a conference: who said, proposed and supported what, each with its sentence. Keeps nothing."""
    from django.conf import settings

    from panoh.access.refusals import Refusal
    from panoh.exchange.reading import Report, as_data, model_called, text_of
    from panoh.web.cli_arrivals import content_of

    if not settings.configured:  # neither home nor database is needed, only a language for what is refused
        settings.configure(USE_I18N=False)
    try:
        found = as_data(Report(text_of(content_of(file)), model_called(os.environ.get("PANOH_REPORT_MODEL", ""))))
    except Refusal as refusal:
        if not as_json:
            raise
        print(json.dumps({"error": {"code": refusal.code, "message": str(refusal)}}, ensure_ascii=False))
        raise typer.Exit(2) from refusal
    print(json.dumps(found, ensure_ascii=False, indent=1)) if as_json else _show(found)


def _show(found: dict[str, Any]) -> None:
    names = {one["id"]: one["name"] for kind in ("organisations", "persons") for one in found[kind]}
    names |= {one["id"]: one["label"] for one in found["unnamed_groups"]}
    said = Table("Sentence", "Who", "Says", "Where", title="Statements", title_justify="left")
    for one in found["statements"]:
        place = one["span"]
        said.add_row(
            place["sentence"],
            names.get(one["speaker"], one["speaker"]),
            place["quote"],
            f"{place['start']}-{place['end']}",
        )
    positions = Table("Proposal", "By", "Supported, reserved, opposed", title="Proposals", title_justify="left")
    for one in found["proposals"]:
        taken = [e for e in found["endorsements"] if e["proposal"] == one["id"]]
        words = "\n".join(f"{names.get(e['endorser'], e['endorser'])}: {e['strength']}" for e in taken)
        positions.add_row(one["text"], names.get(one["proposer"], one["proposer"]), words)
    out.print(said, positions, markup=False)
    out.print(
        f"{len(found['persons'])} persons, {len(found['organisations'])} organisations, {len(found['counts'])} numbers."
        " Nothing was kept. Everything with its place: --json",
        highlight=False,
        soft_wrap=True,
    )
