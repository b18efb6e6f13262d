"""A small country for the matrix: files in every relation to every role, each with words of its own in every field."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from typing import Any

from panoh.access.actions import start_job
from panoh.access.clock import today
from panoh.access.entrances import Actor
from panoh.access.fields import COMPANIONS, FieldClass
from panoh.access.models import Agency, District, Recovery, Staff
from panoh.access.recovery import propose_recovery
from panoh.access.role_changes import propose_role
from panoh.access.roles import roles
from panoh.casework import actions
from panoh.casework.actions import View, With
from panoh.casework.models import (
    Alarm,
    Case,
    Emergency,
    Family,
    FieldChange,
    Grant,
    Offer,
    Person,
    Suggestion,
    TracingRequest,
)  # fmt: skip
from panoh.vault.queries import BirthDate, Contact, IdentityFacts, Name
from tests.matrix.deciding import decided_about
from tests.matrix.region import Region, make_region
from tests.matrix.rights import Rights, ask_of, make_rights

ROLES = [role.code for role in roles().values() if role.signs_in]
RECORDS = ("own", "colleague's", "foreign", "referred", "expired", "closed", "forgotten", "absent")
LED = {"own", "closed", "forgotten"}
AGENCYS = LED | {"colleague's"}
# Whose files a role reaches; what it may do there is its permissions'.
REACHED: Mapping[str, set[str]] = {
    "caseworker": LED,
    "supervisor": AGENCYS,
    "reception_officer": set(),
    "regional_coordinator": AGENCYS,
    "coordinator": AGENCYS | {"foreign", "referred", "expired"},
    **{role: {"referred"} for role in ("psychologist", "lawyer", "health_worker", "contact", "service_provider")},
}
# Which relations differ for a role; the others are to it as one of these. PANOH_WHOLE_MATRIX=1 tries them all.
DIFFER = {
    **dict.fromkeys(("caseworker", "supervisor"), ("own", "colleague's", "foreign", "closed", "forgotten", "absent")),
    "coordinator": ("foreign", "closed", "forgotten", "absent"),
    **dict.fromkeys(("psychologist", "lawyer", "health_worker"), ("own", "referred", "expired", "absent")),
}
ONLY_LOOKED_AT = {"closed", "forgotten"}


def records_for(role: str, method: str) -> tuple[str, ...]:
    """Return the records that a role is tried with."""
    if os.environ.get("PANOH_WHOLE_MATRIX") == "1":
        return RECORDS
    # A role that reads no class of a file stands to each as to any other.
    chosen = DIFFER.get(role, ("own", "foreign", "absent") if roles()[role].classes else ("own", "absent"))
    return chosen if method == "GET" else tuple(one for one in chosen if one not in ONLY_LOOKED_AT)


LIST = "ФИО,Пол,Дата рождения,Семья №\n{0} Нодира,жен,04.03.1990,1\n{0} Нодира,жен,,1\n"
# A word for each field that holds something personal: the file's own token with one of these before it.
CANARIES = {
    "Phone": FieldClass.LOCATION, "Ring": FieldClass.LOCATION, "Note": FieldClass.CARE, "Words": FieldClass.CARE,
    "Health": FieldClass.HEALTH, "Legal": FieldClass.LEGAL, "Feel": FieldClass.PSYCHOSOCIAL,
    "Sealed": FieldClass.SEALED_PSYCHOSOCIAL,
}  # fmt: skip
DOMAINS = {"Health": "health", "Legal": "lawyer", "Feel": "adult_feelings"}


@dataclass
class Filed:
    """A family and everything that hangs on it."""

    token: str
    codes: Mapping[str, str]
    numbers: Mapping[str, int]
    relation: int

    def hidden_from(self, role: str, record: str) -> list[str]:
        """Return the words of this file that a role must not be shown anywhere."""
        if record not in REACHED.get(role, set()):
            return [self.token, *(f"{word}{self.token}" for word in CANARIES)]
        seen = roles()[role].classes
        if record == "referred" and role in GRANTED:
            seen &= GRANTED[role]
        hidden = [f"{word}{self.token}" for word, kind in CANARIES.items() if kind not in seen]
        if record == "forgotten":
            hidden += [f"{word}{self.token}" for word in ("Phone", "Ring", *DOMAINS)]
        return hidden if FieldClass.IDENTITY in seen else [self.token, *hidden]


@dataclass
class World:
    staff: Mapping[str, Staff]
    filed: Mapping[str, Filed]
    draft: str
    received: str
    job: str
    export: str
    lawful: str
    offer: str
    programme: str
    absence: str
    region: Region
    rights: Rights
    lists: Sequence[str] = field(default=("Gavharova", "Yoqutova"))
    known: dict[str, Any] = field(default_factory=dict)  # by family: see examples.py


# What was opened of the referred file, by who helps with it.
GRANTED: Mapping[str, frozenset[FieldClass]] = {
    role: frozenset({FieldClass.FILE, FieldClass.IDENTITY, kind, COMPANIONS.get(kind, kind)})
    for role, kind in {
        "psychologist": FieldClass.PSYCHOSOCIAL, "lawyer": FieldClass.LEGAL, "health_worker": FieldClass.HEALTH,
        "contact": FieldClass.EDUCATION, "service_provider": FieldClass.MATERIAL,
    }.items()
}  # fmt: skip


def make_world() -> World:
    """Return the country, made by the real steps."""
    here, there = _two_regions()
    ours, theirs = (
        Agency.objects.create(code=code, name=code, kind=2, district=place)
        for code, place in (("AA", here), ("AB", there))
    )
    centre = Agency.objects.create(code="AC", name="Centre", kind=Agency.Kind.RECEPTION_CENTRE, district=there)
    far = Agency.objects.create(code="AD", name="Helpers", kind=Agency.Kind.NGO, district=there)
    Agency.objects.create(code="AF", name="Asked", kind=Agency.Kind.NGO, district=there)
    state = Agency.objects.create(code="AE", name="State", kind=Agency.Kind.MINISTRY, country="KZ")

    def hire(name: str, agency: Agency, role: str) -> Staff:
        return Staff.objects.create_user(name, display_name=name, agency=agency, role=role)

    at = {"coordinator": centre, "reception_officer": centre}
    at |= dict.fromkeys(("caseworker", "supervisor", "regional_coordinator"), ours)
    at["focal_point"] = state
    staff = {role: hire(role, at.get(role, far), role) for role in ROLES}
    other, stranger = hire("other", ours, "caseworker"), hire("stranger", theirs, "caseworker")
    witness = hire("witness", theirs, "psychologist")
    for number in range(9):  # one for each file, and one more that a test opens
        hire(f"breaker{number}", theirs, "caseworker")
    boss = Actor.of(staff["coordinator"])
    offer = _offers(boss)
    Alarm.objects.create(staff=other, day=today(), rule="rate", counted=30, most=18)
    led = {
        "own": (staff["caseworker"], "Zumradkhanova"), "colleague's": (other, "Qimmatova"),
        "foreign": (stranger, "Durdonaeva"), "referred": (stranger, "Marjonova"), "expired": (stranger, "Sadafova"),
        "closed": (staff["caseworker"], "Billurova"), "forgotten": (staff["caseworker"], "Oltinova"),
    }  # fmt: skip
    filed = {record: file(boss, worker, token, witness) for record, (worker, token) in led.items()}
    _refer(filed, staff, stranger)
    _close(boss, filed["closed"])
    _forget(boss, filed["forgotten"])
    actions.create_family(boss, agency=ours, worker=staff["caseworker"])
    draft, received = (read(boss, name) for name in ("Gavharova", "Yoqutova"))
    actions.confirm_list(boss, received)
    actions.decide_row(boss, received, row=received.rows.get(number=2), decision=4)
    actions.confirm_list(boss, received)
    away = [received.rows.get(number=2).person.code]
    actions.receive_list(boss, received, place=centre, on=today(), absent=away)
    start_job(boss, "abcdef0123456789", draft.code)
    deputy = Actor.of(hire("deputy", centre, "coordinator"))
    propose_recovery(deputy, stranger, reason=Recovery.Reason.FACTOR_LOST)
    propose_role(deputy, stranger, role="supervisor", because="She leads now.")
    asked = _ask_for_a_file(Actor.of(staff["caseworker"]), filed["own"])
    by_law = _ask_by_law(Actor.of(staff["protection_officer"]), filed["own"])
    away = actions.name_stand_in(
        Actor.of(staff["caseworker"]), staff["caseworker"], stand_in=other, since=today() + timedelta(30),
        until=today() + timedelta(35),
    ).code  # fmt: skip
    region = make_region(staff)
    homes = (filed[record].codes["families"] for record in ("own", "closed", "expired"))
    rights = make_rights(staff, deputy, *homes)
    return World(
        staff,
        filed,
        draft.code,
        received.code,
        "abcdef0123456789",
        asked,
        by_law,
        offer,
        _programme(boss, ours),
        away,
        region,
        rights,
    )


def _offers(boss: Actor) -> str:
    """Return the code of what the helpers offer; another office is asked, where nobody works."""
    told = actions.Told(via=1)
    helpers, asked = (Agency.objects.get(code=code) for code in ("AD", "AF"))
    actions.offer_service(boss, asked, service="LEG-01", told=told)
    return actions.offer_service(boss, helpers, service="SOC-17", told=told).code


def _programme(boss: Actor, agency: Agency) -> str:
    """Return the code of a programme out of which help can be given."""
    until = today() + timedelta(30)
    return actions.open_programme(
        boss, agency, name="School start", amount=Decimal(100), unit="session", since=today(), until=until
    ).code


def _ask_an_office(boss: Actor, mother: Person, case: Case, token: str) -> dict[str, Any]:
    """Return a consent, a referral that rests on it, and a refusal, with words of their own."""
    offer = Offer.objects.get(service="LEG-01")
    said = actions.Answer(
        kinds=[Agency.Kind.NGO], agencies=[], classes=[FieldClass.LEGAL], language="uz", until=today()
    )
    consent = actions.record_consent(boss, mother, purpose="services", said=said)
    sent = actions.send_referral(boss, case, offer=offer, words=f"Legal{token}")
    refusal = actions.record_refusal(
        boss, case, service="LEG-01", agency=offer.agency, because="age", basis=f"Legal{token}"
    )
    actions.record_interview(boss, mother, topic="safety", stands=2)
    return {"consents": consent, "referrals": sent, "refusals": refusal}


def _ask_by_law(by: Actor, own: Filed) -> str:
    """Return the code of a lawful request that waits for its reviews."""
    return actions.record_lawful(
        by, authority_kind=1, authority="Court", reference="1/2", legal_basis="Law", received_on=today(),
        asked=[FieldClass.LEGAL], about=own.codes["people"],
    ).code  # fmt: skip


def _ask_for_a_file(by: Actor, own: Filed) -> str:
    """Return the code of an export that waits for a colleague's decision."""
    family = Family.objects.get(code=own.codes["families"])
    return actions.ask_export(by, [family], columns=["stage"], purpose="referral", because="For the school.").code


def _two_regions() -> tuple[District, District]:
    here = District.objects.order_by("pk")[0]
    return here, District.objects.exclude(country=here.country, region_code=here.region_code).order_by("pk")[0]


def _refer(filed: Mapping[str, Filed], staff: Mapping[str, Staff], by: Staff) -> None:
    """Open one file to everybody who helps from outside, and another that was open until yesterday."""
    for role, classes in GRANTED.items():
        for record, until in (("referred", 7), ("expired", -1)):
            Grant.objects.create(
                family=Family.objects.get(code=filed[record].codes["families"]), staff=staff[role], purpose="referral",
                classes=sorted(classes), changes=True, until=today() + timedelta(until), given_by=by,
            )  # fmt: skip


def _close(boss: Actor, closed: Filed) -> None:
    for case in Case.objects.filter(family__code=closed.codes["families"], closed_on=None):
        actions.close_case(boss, case, reason="mistake", circumstance="unknown", note=f"Note{closed.token} at the end.")


def _forget(boss: Actor, gone: Filed) -> None:
    mother = Person.objects.get(code=gone.codes["people"])
    for case in Case.objects.filter(person=mother, closed_on=None):
        actions.close_case(boss, case, reason="mistake", circumstance="unknown", note="Gone.")
    actions.forget_person(boss, mother, reason="asked", confirmed=mother.code)


def read(boss: Actor, name: str) -> Any:
    content = LIST.format(name).encode()
    return actions.read_list(boss, content=content, file_name="a.csv", sender="ministry", kind="passenger")


def file(boss: Actor, worker: Staff, token: str, witness: Staff) -> Filed:
    family = actions.create_family(boss, agency=worker.agency, worker=worker)
    mother, child = (person(boss, family, f"{token} {given}", year) for given, year in (("Ona", 1990), ("Bola", 2015)))
    actions.add_fact(boss, mother, fact=Contact("phone", f"Phone{token}"))
    for words in (f"Ring{token}", "Ring twice."):
        actions.set_safe_contact(boss, mother, words={"how": words})
    relation = actions.state_relationship(boss, mother, kind="parent", other=child)
    case = actions.open_case(boss, family, mother, stage="identification", on=today())
    needs = {
        word: actions.record_need(boss, case, domain=domain, urgency=1, words=f"{word}{token}")
        for word, domain in DOMAINS.items()
    }
    step = actions.plan_step(boss, needs["Health"], service="LEG-01")
    task = actions.set_task(boss, family, kind="call", due=today(), words=f"Words{token}")
    actions.write_note(boss, family, text=f"Note{token}")
    grant = Grant.objects.create(
        family=family, staff=witness, purpose="service_delivery", until=today() + timedelta(1), given_by=worker,
        classes=[FieldClass.FILE, FieldClass.PSYCHOSOCIAL, FieldClass.SEALED_PSYCHOSOCIAL], changes=True,
    )  # fmt: skip
    actions.write_note(Actor.of(witness), family, text=f"Sealed{token}", for_profession=True)
    kept = actions.withhold(boss, family, whom=witness, classes=[FieldClass.EDUCATION], because="asked")
    codes = {"families": family, "people": mother, "cases": case, "needs": needs["Health"], "steps": step}
    codes |= {"tasks": task, "grants": grant, "withheld": kept, "emergencies": emergency(family, witness, token)}
    codes |= {"rights": ask_of(boss, mother)}
    codes |= _ask_an_office(boss, mother, case, token) | joined(boss, family, token, mother)
    visit = actions.plan_visit(boss, family, kind="follow_up", on=today())
    given = actions.give_assistance(boss, case, service="LEG-01", quantity=Decimal(1), unit="session")
    decided, parts = decided_about(worker, token, mother, child)
    change = FieldChange.objects.filter(person=mother, words__isnull=False).get()
    numbers = {
        "visits": visit.pk,
        "assistance": given.pk,
        "history": change.pk,
        **cared_for(worker, token, mother, child),
        **parts,
    }
    return Filed(token, {kind: record.code for kind, record in (codes | decided).items()}, numbers, relation.pk)


def cared_for(worker: Staff, token: str, mother: Person, child: Person) -> dict[str, int]:
    """Return the numbers of what is recorded of the child's care, by how addresses name it."""
    me, family = Actor.of(worker), mother.home
    placement = actions.propose_placement(
        me, family, child=child, kind="parents", place=With(mother), view=View("Here.")
    )
    decisions = actions.say_carer_absent(me, family)
    decision = next(one for one in decisions if one.person_id == child.pk)
    held = actions.record_guardianship(
        me, family, child=child, form=1, place=With(mother), authority=worker.agency, number="12/3", decided_on=today()
    )
    paper = actions.open_legal_file(me, family, person=child, kind="birth_late")
    actions.add_picture(me, paper, content=b"%PDF-1.4 a birth record")
    claim = actions.add_hypothesis(me, mother, source="relative", sureness=3, name=f"{token} Ona")
    flight = actions.book_flight(me, mother, flight="HY 1", on=today())
    return {
        "hypotheses": claim.pk, "flights": flight.pk,
        "placements": placement.pk, "care-decisions": decision.pk, "guardianships": held.pk, "papers": paper.pk,
        "pictures": paper.pictures.get().pk,
    }  # fmt: skip


def emergency(family: Family, witness: Staff, token: str) -> Emergency:
    """Return what somebody of the witness's agency opened in an emergency, each file by another: a day has three."""
    told = Emergency.objects.values("staff")
    breaker = Staff.objects.filter(username__startswith="breaker").exclude(pk__in=told).earliest("pk")
    actions.break_glass(Actor.of(breaker), family.code, kind="medical", reason=f"Words{token} and more of them.")
    return Emergency.objects.get(staff=breaker)


def joined(boss: Actor, family: Family, token: str, mother: Person) -> dict[str, Any]:
    """Return a pair that is the same person, files that are joined, and a request whose person was found."""
    twin, former = (person(boss, family, f"{token} {given}", 1990) for given in ("Ona Egiz", "Ona Avval"))
    pair, done, found = (suggest(boss, mother, other) for other in (twin, former, sought(boss, token)))
    for suggestion in (pair, done, found):
        actions.decide_pair(boss, suggestion, decision=Suggestion.State.SAME)
    merge = actions.propose_merge(boss, done, keep=mother)
    return {"duplicates": pair, "merges": merge, "tracing": found.request}


def suggest(boss: Actor, mother: Person, other: Person | TracingRequest) -> Suggestion:
    actions.suggest_pairs(boss, [actions.SuggestedPair(mother.code, other.code)])
    return Suggestion.objects.get(person=mother, **{"other" if isinstance(other, Person) else "request": other})


def sought(boss: Actor, token: str) -> TracingRequest:
    content = f"ФИО,Пол,Дата рождения,Заявитель,Родство\n{token} Ona,жен,1990,{token} Xola,тётя\n".encode()
    asked = actions.read_list(boss, content=content, file_name="a.csv", sender="ombudsman", kind="relatives")
    actions.confirm_list(boss, asked)
    return TracingRequest.objects.get(row__arrival_list=asked)


def person(boss: Actor, family: Family, name: str, year: int) -> Person:
    facts = IdentityFacts((Name(name),), BirthDate(year, precision="year"))
    return actions.register_person(boss, family, facts=facts, sex="f", kinship="mother")


def other_home(worker: Staff, code: str | None) -> str:
    """Return the code of another family of the same worker."""
    mine = Family.objects.filter(worker=worker).exclude(code=code).order_by("pk").first()
    return mine.code if mine else ""


__all__ = ["CANARIES", "LIST", "REACHED", "RECORDS", "ROLES", "Filed", "World", "make_world", "other_home"]
