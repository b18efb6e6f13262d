"""Find a person: by a name in any script and order, by the number of a paper, by a code."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from panoh.access import audit
from panoh.access.entrances import Actor
from panoh.access.refusals import NotAllowed, NotThere
from panoh.casework.catalogue import catalogue
from panoh.casework.models import Case, Family, Membership, Person, TracingRequest
from panoh.casework.queries.reach import case_for, family_for, person_for
from panoh.vault.queries import Advice, Hit, IdentityFacts, find_identities, names_of

PERMISSION = "person.find"
PURPOSE = "service_delivery"
SHOWN = 10
DRAWN = 40
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
ADVICE: Mapping[Advice, str | Promise] = {
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


def find_people(actor: Actor, asked: Asked, *, purpose: str = PURPOSE) -> PeopleFound:
    """Return who may be meant. The words asked for are kept nowhere; the account of it names who was shown.

    Raises:
        NotAllowed: the actor's role does not look for people.
    """
    if not actor.may(PERMISSION):
        audit.write(actor, PERMISSION, denied=True)
        raise NotAllowed
    by_code = _by_code(actor, asked.text)
    if by_code is not None:
        audit.write(actor, PERMISSION, purpose=purpose)
        return by_code
    found = find_identities(asked.text, birth_year=asked.birth_year, sought_too=actor.may("list.see"), most=DRAWN)
    people = _people([hit.identity_id for hit in found.hits])
    ranked = sorted(found.hits, key=lambda hit: -_weight(hit, asked, people))[:SHOWN]
    names = _names_in_reach(actor, ranked, people, purpose)
    matches = [_match(actor, hit, people, names) for hit in ranked]
    audit.write(actor, PERMISSION, purpose=purpose, identities=[hit.identity_id for hit in ranked])
    advice = found.advice or ("nothing_to_look_for" if not asked.text.strip() else "")
    return PeopleFound([match for match in matches if match], str(ADVICE[advice]) if advice else "")


def known_alike(actor: Actor, facts: IdentityFacts, *, sex: str) -> list[Match]:
    """Return the registered people who may be the one of these facts: of a like name or paper, not of another birth."""
    texts = [*(name.text for name in facts.names), *(paper.number for paper in facts.documents)]
    asked = [Asked(text, facts.birth.year, sex) for text in texts]
    found = {match.code: match for one in asked for match in find_people(actor, one, purpose="registration").matches}
    return [match for match in found.values() if match.is_likely]


def who_leads(actor: Actor, code: str, *, purpose: str) -> Match:
    """Return whom to ask about somebody out of the asker's reach; it goes on record with the purpose.

    Raises:
        NotAllowed, NotThere; Unknown: the purpose is not on the list.
    """
    if not actor.may(PERMISSION):
        raise NotAllowed
    catalogue().known("purposes", purpose)
    person = Person.objects.filter(code=code).first()
    known = _people([person.identity_id]) if person else {}
    if person is None or person.identity_id not in known:
        raise NotThere
    audit.write(actor, PERMISSION, about=code, purpose=purpose, identities=[person.identity_id])
    here = known[person.identity_id]
    lead = here.family.worker
    who = f"{lead.display_name}, {here.family.agency}" if lead else str(here.family.agency)
    return Match("person", code, "", "", here.detail(), (), "", "", actor.reaches(here.family), who)


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
    near = [
        hit.identity_id
        for hit in hits
        if hit.is_sought or ((known := people.get(hit.identity_id)) and actor.reaches(known.family))
    ]
    return names_of(actor, near, purpose=purpose)


def _match(actor: Actor, hit: Hit, people: Mapping[UUID, _Known], names: Mapping[UUID, str]) -> Match | None:
    strength: Literal["strong", "likely", "possible"] = (
        "strong" if hit.by_paper or hit.score.value >= STRONG else "likely" if hit.score.value >= LIKELY else "possible"
    )
    label = str(STRENGTHS[strength])
    known = people.get(hit.identity_id)
    if known is None:
        request = TracingRequest.objects.filter(identity=hit.identity_id).first() if hit.is_sought else None
        if request is None:
            return None
        year = [str(request.birth_year)] if request.birth_year else []
        detail = [str(Person.Sex(request.sex).label), *year, str(_("sought by relatives"))]
        name, reasons = names.get(hit.identity_id, ""), _reasons(hit, MEETINGS)
        return Match("sought", request.code, name, "", detail, reasons, strength, label, True, "")
    is_mine = actor.reaches(known.family)
    is_likely = hit.by_paper or (hit.score.value >= LIKELY and hit.birth.code != "different")
    match = Match(
        "person", known.person.code, names.get(hit.identity_id, "") if is_mine else "", "", known.detail(),
        _reasons(hit, MEETINGS if is_mine else MEETINGS_UNSEEN), strength, label, is_mine, "",
        is_likely,
    )  # fmt: skip
    return replace(match, family_code=known.family.code) if is_mine else replace(match, detail=())


def _reasons(hit: Hit, words: Mapping[str, str | Promise]) -> list[str]:
    told = [str(words[code]) % said for code, said in hit.score.explain() if code in words]
    if hit.by_paper:
        told.insert(0, str(_("the number of a paper is the same")))
    if hit.birth.code in BIRTHS:
        told.append(str(BIRTHS[hit.birth.code]))
    return told


def _by_code(actor: Actor, text: str) -> PeopleFound | None:
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
    names = names_of(actor, list(known), purpose=PURPOSE, about=code)
    return PeopleFound(
        [
            Match(
                "person", here.person.code, names.get(identity, ""), here.family.code, here.detail(), (), "strong",
                str(_("the code")), True, "",
            )
            for identity, here in known.items()
        ]
    )  # fmt: skip
