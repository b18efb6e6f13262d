"""Proposals, read."""

from __future__ import annotations

from django.db.models import QuerySet

from panoh.access.refusals import NotThere
from panoh.exchange.models import Proposal


def proposals() -> QuerySet[Proposal]:
    """Return all proposals, the newest first."""
    return Proposal.objects.select_related("event", "body")


def proposal_for(code: str) -> Proposal:
    """Return the proposal with this code.

    Raises:
        NotThere: there is none.
    """
    found = proposals().filter(code=code).first()
    if found is None:
        raise NotThere
    return found
