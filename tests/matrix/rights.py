"""What people ask about their files, complaints, what falls due and what goes abroad, in the small country."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from panoh.access.clock import moved, today
from panoh.access.entrances import Actor
from panoh.access.instance_keys import own_age_key, own_key
from panoh.access.models import Staff
from panoh.casework import actions
from panoh.casework.exporting.locking import locked_for
from panoh.casework.handing.package import FOR, Package, PersonTold
from panoh.casework.models import Case, Family, Person
from panoh.exchange import actions as exchange
from panoh.exchange.tests.make_parcels import Sender

ASKER = {"asker": "person", "asker_check": "known"}


@dataclass(frozen=True)
class Rights:
    """What stands in addresses: a complaint, a hand-over, a question, a disposal, a hold; a partner and its file."""

    codes: Mapping[str, str]
    partner: str
    file: bytes


def make_rights(staff: Mapping[str, Staff], deputy: Actor, own: str, closed: str, held: str) -> Rights:
    """Return them, made by the real steps. own, closed, held: codes of families."""
    worker, officer = Actor.of(staff["caseworker"]), Actor.of(staff["protection_officer"])
    sender = Sender()
    one, two = Actor.of(staff["secretariat"]), Actor.of(staff["focal_point"])
    partner = exchange.add_partner(one, name="Kyrgyzstan", country="KG", key=sender.key, age_key=own_age_key())
    exchange.confirm_partner(two, partner, check_code=partner.check_code)
    told = {"classes": [1, 3], "purpose": "referral", "basis": 1, "because": "They agreed."}
    family = Family.objects.get(code=own)
    hand_over = actions.propose_hand_over(deputy, family, partner=partner.code, **told)
    question = actions.record_question(deputy, partner=partner.code, name="Somebody Else")
    gone = Case.objects.filter(family__code=closed).values_list("person__code", flat=True).first()
    with moved(90):
        disposal = actions.propose_disposal(deputy, people=[str(gone)])
    codes = {
        "own": own,
        "complaints": actions.take_complaint(worker, words="Somebody shouts.").code,
        "hand-overs": hand_over.code,
        "questions": question.code,
        "retention": disposal.code,
        "holds": actions.hold_back(officer, code=held, reason="A court asks.").code,
    }
    return Rights(codes, partner.code, _package(sender))


def _package(sender: Sender) -> bytes:
    package = Package(
        sender=sender.key, recipient=own_key(), made_on=today(), purpose="referral", basis=1, because="They agreed.",
        classes=(0,), people=(PersonTold(sex="f", birth_year=1990),),
    )  # fmt: skip
    document = package.model_dump_json().encode()
    return locked_for(own_age_key(), sender.private.sign(FOR + document).hex().encode() + b"\n" + document)


def ask_of(boss: Actor, mother: Person) -> Any:
    """Return what somebody asked about a file, to have something put right."""
    return actions.record_request(boss, mother, right="correction", words="It is wrong.", **ASKER)


def pages(rights: Rights, token: str, file: Any) -> dict[str, dict[str, Any]]:
    """Return an input for each page. token: what names in the file begin with; file: of an upload."""
    told = {"partner": rights.partner, "classes": ["1"], "purpose": "referral", "basis": "1", "because": "They agreed."}
    fact = {"what": f"1:{token} Ona", "now": f"{token} Onajon", "why": "She said so."}
    sure = [
        "retention/holds/<str:code>/end/", "people/<str:code>/rights/code/", "complaints/<str:code>/acknowledge/",
        *(f"retention/<str:code>/{step}/" for step in ("agree", "decline", "destroy")),
        *(f"hand-overs/<str:code>/{step}/" for step in ("agree", "decline", "file", "give-up", "stub", "our-receipt")),
    ]  # fmt: skip
    return {
        **{route: {} for route in sure},
        "retention/new/": {"people": ["P-0000-0000"]},
        "retention/holds/new/": {"code": rights.codes["own"], "reason": "A court asks."},
        "people/<str:code>/rights/new/": {"right": "objection", "words": "No.", **ASKER},
        "people/<str:code>/my-file/": ASKER,
        "rights/<str:code>/put-right/": fact,
        "rights/<str:code>/answer/": {"outcome": "done", "words": "Done."},
        "complaints/new/": {"words": "Somebody shouts."},
        "complaints/<str:code>/share-out/": {"named": [], "handler": ""},
        "complaints/<str:code>/answer/": {"words": "Done."},
        "families/<str:code>/hand-over/": told,
        "hand-overs/receive/": {"file": file},
        "hand-overs/<str:code>/receipt/": {"file": file},
        "questions/new/": {"partner": rights.partner, "name": "Somebody Else"},
        "questions/<str:code>/": {"is_known": "0"},
    }


def api(rights: Rights, token: str, file: Any) -> dict[str, dict[str, Any]]:
    """Return an input for each operation."""
    told = {"partner": rights.partner, "classes": ["identity"], "purpose": "referral", "basis": "consent",
            "because": "They agreed."}  # fmt: skip
    fact = {"fact": "name", "was": f"{token} Ona", "now": f"{token} Onajon", "why": "She said so."}
    sure = [
        "retention/holds/{}/end", "people/{}/ask-code", "complaints/{}/acknowledgement",
        *(f"retention/{{}}/{step}" for step in ("agreement", "refusal", "destruction")),
        *(f"hand-overs/{{}}/{step}" for step in ("agreement", "refusal", "file", "give-up", "stub", "our-receipt")),
    ]  # fmt: skip
    return {
        **{route: {} for route in sure},
        "retention": {"people": ["P-0000-0000"]},
        "retention/holds": {"code": rights.codes["own"], "reason": "A court asks."},
        "people/{}/rights": {"right": "objection", "words": "No.", **ASKER},
        "people/{}/my-file": ASKER,
        "rights/{}/corrections": fact,
        "rights/{}/answer": {"outcome": "done", "words": "Done."},
        "complaints": {"words": "Somebody shouts."},
        "complaints/{}/sharing": {},
        "complaints/{}/answer": {"words": "Done."},
        "families/{}/hand-over": told,
        "hand-overs": {"file": file},
        "hand-overs/{}/receipt": {"file": file},
        "questions": {"partner": rights.partner, "name": "Somebody Else"},
        "questions/{}/answer": {"is_known": False},
    }
