"""Find a person: by a name in any script and order, by the number of a paper, by a code."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from django.db import connection
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from panoh.access import audit
from panoh.access.entrances import Actor
from panoh.access.refusals import NotAllowed, NotThere
from panoh.access.tokens import acting_for
from panoh.casework.catalogue import catalogue
from panoh.casework.models import Case, Family, Membership, Person, TracingRequest
from panoh.casework.queries.reach import case_for, family_for, person_for
from panoh.casework.refusals import SearchedEnough
from panoh.vault.queries import Advice, Hit, IdentityFacts, find_identities, names_of, says_enough

PERMISSION = "person.find"
PURPOSE = "service_delivery"
SHOWN = 10
DRAWN = 40
SEARCHES_A_DAY = 30
STRONG, LIKELY = 0.9, 0.75
# Bits of evidence: each is worth that many halvings of the people who could be meant.
SAME_SEX, OTHER_SEX, SAME_PLACE = 1.0, -3.0, 3.0
CODE = re.compile(r"^\s*([PFC])[\s-]*([0-9A-Z]{4})[\s-]*([0-9A-Z]{4})\s*$", re.IGNORECASE)
READ_OUT_AS = str.maketrans("OIL", "011")

MEETINGS: Mapping[str, str | Promise] = {
    "same": _("“%(first)s” is the same"),
    "other_spelling": _("“%(first)s” is written “%(second)s”"),
    "similar": _("“%(first)s” sounds like “%(second)s”"),
    "initial": _("“%(first)s” may stand for “%(second)s”"),
    "missing_second": _("“%(first)s” is not in the file"),
    "contradicts": _("“%(first)s” differs from “%(second)s”"),
}
# What may be told of somebody whose file the asker cannot open: of the asker's own words, never of the file's.
MEETINGS_UNSEEN: Mapping[str, str | Promise] = {
    "same": _("“%(first)s” is the same"),
    "other_spelling": _("“%(first)s” is there in another spelling"),
    "similar": _("something there sounds like “%(first)s”"),
    "initial": _("“%(first)s” may be an initial of it"),
    "missing_second": _("“%(first)s” is not in the file"),
    "contradicts": _("“%(first)s” differs"),
}
BIRTHS: Mapping[str, str | Promise] = {
    "same_day": _("the same birth date"),
    "day_and_month_swapped": _("day and month of the birth date changed places"),
    "one_number_differs": _("one number of the birth date differs"),
    "same_month": _("the same birth month"),
    "same_year": _("the same birth year"),
    "placeholder_day": _("the same birth year, with 1 January in place of the day"),
    "year_off_by_one": _("the birth years are one apart"),
    "about_the_same_year": _("about the same birth year"),
    "different": _("another birth date"),
}
STRENGTHS: Mapping[str, str | Promise] = {
    "strong": _("very like"),
    "likely": _("like"),
    "possible": _("a little like"),
}
ADVICE: Mapping[str, str | Promise] = {
    "say_more": _(
        "Beyond the families in your care a search names one person: write a given and a family name, or the number of"
        " a paper."
    ),
    "too_common": _(
        "Too many people have this name. Add the father's name, the family name or a birth year, or search by a code or"
        " the number of a paper."
    ),
    "nothing_to_look_for": _("Enter at least three letters of a name, the number of a paper, or a code."),
}


@dataclass(frozen=True)
class Match:
    """Somebody who may be meant. Of a person out of the asker's reach only what decides whether to ask further."""

    kind: Literal["person", "sought"]
    code: str
    name: str
    family_code: str
    detail: Sequence[str]
    reasons: Sequence[str]
    strength: str
    strength_label: str
    is_mine: bool
    lead: str
    is_likely: bool = False


@dataclass(frozen=True)
class PeopleFound:
    """Up to ten, the likeliest first; advice is a sentence when there are too many or nothing to look for."""

    matches: list[Match]
    advice: str = ""


@dataclass(frozen=True)
class Asked:
    """What is known of the person who is looked for; all but the text only changes the order."""

    text: str
    birth_year: int | None = None
    sex: str = ""
    district_id: int | None = None


def find_people(actor: Actor, asked: Asked, *, purpose: str = PURPOSE, everywhere: bool = False) -> PeopleFound:
    """Return who may be meant. The words asked for are kept nowhere; the account of it names who was shown.

    everywhere: also those out of the asker's care, of whom only that they are there is told. Such a search names one
    person (a given and a family name, or a paper's number) and is rationed by the day, so that nobody makes a list.

    Raises:
        NotAllowed: the actor's role does not look for people, or its agency not beyond its own care.
        SearchedEnough: today's searches beyond one's own care are spent.
    """
    if not actor.may(PERMISSION):
        audit.write(actor, PERMISSION, denied=True)
        raise NotAllowed
    with acting_for(actor.staff_id):
        by_code = _by_code(actor, asked.text, purpose)
        if by_code is not None:
            audit.write(actor, PERMISSION, purpose=purpose)
            return by_code
        is_wide = everywhere or actor.role.scope in ("region", "all")
        if is_wide and not says_enough(asked.text):
            advice: Advice | Literal["say_more"] = "say_more" if asked.text.strip() else "nothing_to_look_for"
            return PeopleFound([], str(ADVICE[advice]))
        if is_wide:
            _ration(actor, purpose)
        return _found(actor, asked, purpose, everywhere=everywhere)


def _ration(actor: Actor, purpose: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select app.searches_the_register(), app.spend('search', %s)", [SEARCHES_A_DAY])
        is_open, is_left = cursor.fetchone()
    if is_open and is_left:
        return
    audit.write(actor, PERMISSION, purpose=purpose, denied=True)
    raise SearchedEnough(most=SEARCHES_A_DAY) if is_open else NotAllowed


def _found(actor: Actor, asked: Asked, purpose: str, *, everywhere: bool) -> PeopleFound:
    found = find_identities(
        asked.text, birth_year=asked.birth_year, sought_too=actor.may("list.see"), most=DRAWN, only_mine=not everywhere
    )
    people = _people([hit.identity_id for hit in found.hits])
    ranked = sorted(found.hits, key=lambda hit: -_weight(hit, asked, people))[:SHOWN]
    others = [hit.identity_id for hit in ranked if hit.identity_id not in people and not hit.is_sought]
    elsewhere = _elsewhere(others) if others else {}
    names = _names_in_reach(actor, ranked, people, purpose)
    matches = [match for hit in ranked if (match := _match(hit, people, elsewhere, names))]
    shown = [hit.identity_id for hit in ranked if hit.identity_id in names or hit.identity_id in elsewhere]
    audit.write(actor, PERMISSION, purpose=purpose, identities=shown)
    advice = found.advice or ("nothing_to_look_for" if not asked.text.strip() else "")
    return PeopleFound(matches, str(ADVICE[advice]) if advice else "")


def _elsewhere(identity_ids: Sequence[UUID]) -> dict[UUID, str]:
    """Return the codes of the first few of these people; the database gives no more, and only some times a day."""
    with connection.cursor() as cursor:
        cursor.execute("select identity_id, code from app.found_elsewhere(%s)", [list(identity_ids)])
        return dict(cursor.fetchall())


def known_alike(actor: Actor, facts: IdentityFacts, *, sex: str) -> list[Match]:
    """Return the registered people who may be the one of these facts: of a like name or paper, not of another birth.

    A name that says too little, or is asked for too often today, is compared within the asker's care alone.
    """
    texts = [*(name.text for name in facts.names), *(paper.number for paper in facts.documents)]
    asked = [Asked(text, facts.birth.year, sex) for text in texts]
    found = {match.code: match for one in asked for match in _alike(actor, one)}
    return [match for match in found.values() if match.is_likely]


def _alike(actor: Actor, asked: Asked) -> list[Match]:
    try:
        if says_enough(asked.text):
            return find_people(actor, asked, purpose="registration", everywhere=True).matches
    except (SearchedEnough, NotAllowed):
        pass
    return find_people(actor, asked, purpose="registration").matches


def who_leads(actor: Actor, code: str, *, purpose: str) -> Match:
    """Return whom to ask about somebody out of the asker's reach; it goes on record with the purpose.

    Raises:
        NotAllowed, NotThere (also when it was asked too often today); Unknown: the purpose is not on the list.
    """
    if not actor.may(PERMISSION):
        raise NotAllowed
    catalogue().known("purposes", purpose)
    with acting_for(actor.staff_id), connection.cursor() as cursor:
        cursor.execute("select identity_id, sex, birth_year, agency, worker from app.lead_of(%s)", [code])
        row = cursor.fetchone()
        if row is None:
            audit.write(actor, PERMISSION, purpose=purpose, denied=True)
            raise NotThere
        identity_id, sex, year, agency, worker = row
        audit.write(actor, PERMISSION, about=code, purpose=purpose, identities=[identity_id])
        is_mine = Person.objects.filter(code=code).exists()
    detail = [str(Person.Sex(sex).label), *([str(year)] if year else [])]
    return Match("person", code, "", "", detail, (), "", "", is_mine, f"{worker}, {agency}" if worker else agency)


# --- behind it ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Known:
    """What casework knows of a hit."""

    person: Person
    family: Family
    case: Case | None

    def detail(self) -> list[str]:
        """Return sex, birth year and stage, in words."""
        words = [str(self.person.get_sex_display())]
        if self.person.birth_year:
            words.append(str(self.person.birth_year))
        if self.case:
            words.append(catalogue().stage_numbered(self.case.stage).label)
        return words


def _people(identity_ids: Sequence[UUID]) -> dict[UUID, _Known]:
    living = Membership.objects.filter(person__identity__in=identity_ids, until=None)
    members = list(living.select_related("person", "family__agency", "family__worker"))
    cases: dict[int, Case] = {}
    for case in Case.objects.filter(person__in=[member.person_id for member in members]).order_by("opened_on", "pk"):
        cases[case.person_id] = case
    return {
        member.person.identity_id: _Known(member.person, member.family, cases.get(member.person_id))
        for member in members
    }


def _weight(hit: Hit, asked: Asked, people: Mapping[UUID, _Known]) -> float:
    known = people.get(hit.identity_id)
    if known is None:
        return hit.weight
    weight = hit.weight
    if asked.sex and known.person.sex != Person.Sex.UNKNOWN:
        weight += SAME_SEX if known.person.sex == asked.sex else OTHER_SEX
    if asked.district_id and known.family.district_id == asked.district_id:
        weight += SAME_PLACE
    return weight


def _names_in_reach(actor: Actor, hits: Sequence[Hit], people: Mapping[UUID, _Known], purpose: str) -> dict[UUID, str]:
    near = [hit.identity_id for hit in hits if hit.is_sought or hit.identity_id in people]
    return names_of(actor, near, purpose=purpose)


def _match(
    hit: Hit, people: Mapping[UUID, _Known], elsewhere: Mapping[UUID, str], names: Mapping[UUID, str]
) -> Match | None:
    strength: Literal["strong", "likely", "possible"] = (
        "strong" if hit.by_paper or hit.score.value >= STRONG else "likely" if hit.score.value >= LIKELY else "possible"
    )
    label, name = str(STRENGTHS[strength]), names.get(hit.identity_id, "")
    is_likely = hit.by_paper or (hit.score.value >= LIKELY and hit.birth.code != "different")
    if known := people.get(hit.identity_id):
        return Match(
            "person", known.person.code, name, known.family.code, known.detail(), _reasons(hit, MEETINGS), strength,
            label, True, "", is_likely,
        )  # fmt: skip
    if code := elsewhere.get(hit.identity_id):
        reasons = _reasons(hit, MEETINGS_UNSEEN)
        return Match("person", code, "", "", (), reasons, strength, label, False, "", is_likely)
    request = TracingRequest.objects.filter(identity=hit.identity_id).first() if hit.is_sought else None
    if request is None:
        return None
    year = [str(request.birth_year)] if request.birth_year else []
    detail = [str(Person.Sex(request.sex).label), *year, str(_("sought by relatives"))]
    return Match("sought", request.code, name, "", detail, _reasons(hit, MEETINGS), strength, label, True, "")


def _reasons(hit: Hit, words: Mapping[str, str | Promise]) -> list[str]:
    told = [str(words[code]) % said for code, said in hit.score.explain() if code in words]
    if hit.by_paper:
        told.insert(0, str(_("the number of a paper is the same")))
    if hit.birth.code in BIRTHS:
        told.append(str(BIRTHS[hit.birth.code]))
    return told


def _by_code(actor: Actor, text: str, purpose: str) -> PeopleFound | None:
    found = CODE.match(text)
    if not found:
        return None
    letter = found[1].upper()
    code = "-".join((letter, *(part.upper().translate(READ_OUT_AS) for part in found.groups()[1:])))
    try:
        if letter == "P":
            people = [person_for(actor, code)]
        elif letter == "C":
            people = [case_for(actor, code).person]
        else:
            family = family_for(actor, code)
            people = [member.person for member in family.memberships.filter(until=None).select_related("person")]
    except NotThere:
        return PeopleFound([], str(_("No record of this code is in your care.")))
    known = _people([person.identity_id for person in people])
    names = names_of(actor, list(known), purpose=purpose, about=code)
    return PeopleFound(
        [
            Match(
                "person", here.person.code, names.get(identity, ""), here.family.code, here.detail(), (), "strong",
                str(_("the code")), True, "",
            )
            for identity, here in known.items()
        ]
    )  # fmt: skip
