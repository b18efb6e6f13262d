"""The lists of words that codes are taken from."""

from __future__ import annotations

from ninja import Router, Schema

from panoh.access.api import Needs
from panoh.access.entrances import Request
from panoh.casework.catalogue import Catalogue, catalogue

router = Router(tags=["Words"])


class Entry(Schema):
    code: str
    label: str


@router.get("/words", auth=Needs("today.see"), response=dict[str, list[Entry]])
def words(request: Request) -> dict[str, list[dict[str, str]]]:
    """List every code with its label in the reader's language: stages, domains, services, units, outcomes…"""
    return {
        name: [{"code": code, "label": label} for code, label in catalogue().choices(name)]
        for name in Catalogue.model_fields
        if name != "questions"
    }
