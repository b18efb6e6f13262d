"""Another instance for tests: it has a key of its own, and signs what it likes."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from panoh.access.entrances import Actor
from panoh.access.instance_keys import own_key
from panoh.access.models import Agency, Staff
from panoh.access.tokens import acting_for
from panoh.exchange import actions
from panoh.exchange.models import Partner, Proposal
from panoh.exchange.parcels.documents import Document, Thing, contents_of, digest_of, written
from panoh.exchange.parcels.files import packed
from panoh.exchange.parcels.keys import FOR
from panoh.exchange.parcels.kinds import KINDS
from panoh.plan.tests.make import english


def of(kind: str, /, **told: Any) -> Thing:
    """Return a thing of a kind."""
    return Thing(KINDS[kind], KINDS[kind].schema.model_validate(told))


def proposal(code: str, country: str = "KZ", title: str = "Joint training") -> Thing:
    said = (("en", title),)
    return of("proposal", code=code, title=said, text=said, country=country, body="", event="")


def position(code: str, country: str = "KZ", stance: int = 1, statement: str = "Yes.") -> Thing:
    return of(
        "position", proposal=code, country=country, body="", stance=stance, statement=statement, taken_on="2026-11-01",
        source="",
    )  # fmt: skip


def proposed(by: Actor, title: str, country: str, **more: Any) -> Proposal:
    """Return a proposal that somebody made here and circulated."""
    made = actions.add_proposal(by, title=english(title), text=english("x"), country=country, **more)
    return actions.circulate_proposal(by, made)


@dataclass
class Sender:
    """An instance elsewhere, with the number and digest of what it sent last."""

    private: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate)
    number: int = 0
    before: str = ""

    @property
    def key(self) -> str:
        return self.private.public_key().public_bytes_raw().hex()

    def document(self, *things: Thing, **instead: Any) -> Document:
        told = {
            "sender": self.key, "recipient": own_key(), "number": self.number + 1, "before": self.before,
            "made_at": datetime(2026, 11, 26, tzinfo=UTC), "contents": contents_of(things), **instead,
        }  # fmt: skip
        return Document(**told)

    def file(self, document: Document, **how: Any) -> bytes:
        content = written(document)
        return packed(content, self.private.sign(FOR + content).hex(), **how)

    def sends(self, *things: Thing, **instead: Any) -> bytes:
        """Return the file of the next parcel."""
        document = self.document(*things, **instead)
        self.number, self.before = document.number, digest_of(written(document))
        return self.file(document)


def somebody(role: str, name: str, country: str = "") -> Actor:
    with acting_for(None):  # who opens accounts
        agency, _made = Agency.objects.get_or_create(
            code=f"PL{country}", defaults={"name": f"Office of {country or 'all'}", "kind": 1, "country": country}
        )
        staff, _made = Staff.objects.get_or_create(
            username=name, defaults={"display_name": name, "agency": agency, "role": role}
        )
    return Actor.of(staff)


def partner(sender: Sender, country: str = "KZ", **more: Any) -> Partner:
    """Return a partner that two people registered."""
    one, two = somebody("secretariat", "one"), somebody("secretariat", "two")
    made = actions.add_partner(
        one, name=f"Instance of {country or 'the region'}", country=country, key=sender.key, **more
    )
    return actions.confirm_partner(two, made, check_code=made.check_code)
