"""Plans, decisions and follow-up of each file of the matrix, and an input for each of their steps."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from panoh.access.clock import today
from panoh.access.entrances import Actor
from panoh.access.models import Agency, Staff
from panoh.casework import actions
from panoh.casework.models import Arrangement, Family, Person

BASIS = {"legal_basis": "public_task"}
MOVED = {"reason": "family_moved", "notes": "All is said.", "because": "So.", **BASIS}
WRITTEN = {"history": "Long.", "situation": "Now.", "family_views": "Yes.", "recommendation": "So."}


def decided_about(worker: Staff, token: str, mother: Person, child: Person) -> tuple[dict[str, Any], dict[str, int]]:
    """Return what is planned and decided in a file, by how addresses name it, and the numbers of its parts."""
    me, family, said = Actor.of(worker), Family.objects.get(pk=mother.home_id), f"Note{token}"
    case = actions.open_case(me, family, child, stage="rehabilitation", on=today())
    actions.assess(
        me, case, on=today(), found={"belonging": 3}, own_view=said, words={"belonging": {"needs": said}},
        answers={"child_joy": said},
    )  # fmt: skip
    version = actions.write_plan(me, case, review_on=today() + timedelta(30), goal=said)
    actions.sign_plan(me, version, signing="carer", signer=f"{token} Buvi", language="uz", on=today(), reserve=said)
    asked = actions.ask_to_close(me, case, reason="mistake", circumstance="unknown", note=said)
    sought = actions.begin_determination(me, case, kind=2, sought="lasting_home", words={**WRITTEN, "history": said})
    actions.add_option(me, sought, kind="parent", speaks_for=said, speaks_against=said)
    invited = [actions.Invited("teacher")]
    held = actions.call_conference(me, family, on=today(), why=said, domains=["belonging"], invited=invited)
    helpers = Agency.objects.get(code="AD")
    offered = actions.ask_transfer(
        me,
        family,
        to_agency=helpers,
        reason="family_moved",
        notes=said,
        basis=actions.Basis(reason=said, **BASIS),
    )
    actions.look_again(me, family, kind="moved", noticed_on=today(), words=said)
    actions.plan_fade_out(me, family, ends_on=today() + timedelta(60), agreed_with=mother, words=said)
    codes = {"plans": version, "approvals": asked, "best-interests": sought, "conferences": held, "transfers": offered}
    return codes, {"points": held.points.get().pk, "dissent": held.participants.get().pk}


def pages(codes: Mapping[str, str]) -> dict[str, dict[str, Any]]:
    """Return the input of each page of plans, decisions and follow-up."""
    day, later, why = today().isoformat(), (today() + timedelta(30)).isoformat(), {"why": "Too far."}
    closing = {"reason": "mistake", "circumstance": "unknown", "note": "Another person."}
    one, mother, option = "best-interests/<str:code>", codes.get("people", ""), _option(codes)
    family, because = "families/<str:code>", {"because": "not_needed"}
    steps = ("agree", "take-back")
    return {
        "cases/<str:code>/plan/new/": {"review_on": later},
        "plans/<str:code>/sign/": {"person": mother, "signing": "parent", "language": "uz", "on": day},
        "plans/<str:code>/print/": {"language": "en"},
        "cases/<str:code>/close/ask/": closing,
        "cases/<str:code>/reopen/ask/": {"to": "verification", **why},
        **{f"{kind}/<str:code>/{step}/": {} for kind in ("approvals", "transfers") for step in steps},
        "approvals/<str:code>/decline/": why,
        f"{family}/transfer/": {"to_agency": _agency(), **MOVED},
        "transfers/<str:code>/refuse/": why,
        "transfers/<str:code>/take-over/": {},
        "transfers/<str:code>/decline/": why,
        "cases/<str:code>/best-interests/new/": {"kind": "1", "sought": "institution"},
        f"{one}/write/": WRITTEN,
        f"{one}/options/new/": {"kind": "kin", "speaks_for": "Near.", "speaks_against": "Small."},
        f"{one}/panel/new/": {"staff": Staff.objects.get(username="coordinator").pk},
        f"{one}/send/": {"recommended": option},
        f"{one}/answer/": {"is_close": "0", "opinion": "1", "words": "Yes."},
        f"{one}/decide/": {"decision": "1", "recommended": option, "reasons": "So.", "look_again_on": later},
        f"{one}/appeal/": {"words": "Her aunt asks."},
        f"{one}/appeal/answer/": {"answer": "1", "reasons": "It stands."},
        f"{one}/withdraw/": because,
        f"{family}/conferences/new/": {"on": day, "why": "School.", "domains": ["learning"], "role1": "teacher"},
        "conferences/<str:code>/points/<int:number>/": {"talk": "All is well."},
        "conferences/<str:code>/dissent/<int:number>/": {"words": "Too early."},
        "conferences/<str:code>/end/": {},
        "conferences/<str:code>/cancel/": because,
        f"{family}/follow-up/plan/": {},
        f"{family}/look-again/": {"kind": "moved", "noticed_on": day},
        f"{family}/fade-out/": {"ends_on": later, "agreed_with": mother},
        f"{family}/fade-out/give-up/": because,
        "visits/day/": {},
    }  # fmt: skip


def api(codes: Mapping[str, str]) -> dict[str, dict[str, Any]]:
    """Return the input of each operation on plans, decisions and follow-up."""
    day, later, why = today().isoformat(), (today() + timedelta(30)).isoformat(), {"why": "Too far."}
    closing = {"reason": "mistake", "circumstance": "unknown", "note": "Another person."}
    one, option, because = "best-interests/{}", _option(codes), {"because": "not_needed"}
    signed = {"signing": "carer", "signer": "Her aunt", "language": "uz", "on": day}
    return {
        "cases/{}/plan": {"review_on": later},
        "plans/{}/signatures": signed,
        "cases/{}/close-asked": closing,
        "cases/{}/reopen-asked": {"to": "follow_up", **why},
        **{f"{kind}/{{}}/{step}": {} for kind in ("approvals", "transfers") for step in ("agree", "take-back")},
        "approvals/{}/decline": why,
        "families/{}/transfers": {"to_agency": "AD", **MOVED},
        "transfers/{}/refuse": why,
        "transfers/{}/take-over": {},
        "transfers/{}/decline": why,
        "cases/{}/best-interests": {"kind": "assessment", "sought": "institution"},
        f"{one}/words": WRITTEN,
        f"{one}/options": {"kind": "kin", "speaks_for": "Near.", "speaks_against": "Small."},
        f"{one}/panel": {"staff": "coordinator"},
        f"{one}/sending": {"recommended": option},
        f"{one}/answers": {"is_close": False, "opinion": "agrees", "words": "Yes."},
        f"{one}/decision": {"decision": "agreed", "chosen": option, "reasons": "So.", "look_again_on": later},
        f"{one}/appeal": {"words": "Her aunt asks."},
        f"{one}/appeal/answer": {"answer": "stands", "reasons": "It stands."},
        f"{one}/withdrawal": because,
        "families/{}/conferences": {
            "on": day, "why": "School.", "domains": ["learning"], "invited": [{"role": "teacher"}],
        },
        "conferences/{}/points/{}": {"talk": "All is well."},
        "conferences/{}/dissent/{}": {"words": "Too early."},
        "conferences/{}/end": {},
        "conferences/{}/cancel": because,
        "families/{}/follow-up": {},
        "families/{}/look-again": {"kind": "moved", "noticed_on": day},
        "families/{}/fade-out": {"ends_on": later, "agreed_with": codes.get("people", "")},
        "families/{}/fade-out/giving-up": because,
        "visits-of-day": {"on": day, "places": []},
    }  # fmt: skip


def _option(codes: Mapping[str, str]) -> int:
    return Arrangement.objects.get(determination__code=codes["best-interests"]).pk


def _agency() -> int:
    return Agency.objects.get(code="AD").pk
