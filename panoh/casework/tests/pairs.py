"""Pairs of files that are one person, made by the real steps."""

from __future__ import annotations

from dataclasses import dataclass

from django.forms.models import model_to_dict

from panoh.access.entrances import Actor
from panoh.casework import actions
from panoh.casework.actions import SuggestedPair
from panoh.casework.models import (
    Assessment,
    Assistance,
    Case,
    Family,
    Membership,
    Merge,
    Need,
    Note,
    Person,
    PlanItem,
    Relationship,
    StageChange,
    Suggestion,
    Task,
    TracingRequest,
    Visit,
)
from panoh.casework.tests import factories as make
from panoh.casework.tests.factories import Home
from panoh.vault.models import DataKey, Identity, SealedPart

SAME, DIFFERENT, UNSURE = Suggestion.State.SAME, Suggestion.State.DIFFERENT, Suggestion.State.UNSURE
# What joining two files must leave, or put back, as it was. Stage changes are history: more may come, none may change.
KEPT_AS_IT_WAS = (
    Assessment, Assistance, Case, Family, Membership, Need, Note, Person, PlanItem, Relationship, Visit, DataKey,
    Identity,
)  # fmt: skip


@dataclass
class Two:
    """Two mothers' files that may be one person, each in a family of its own; a case is open in both."""

    boss: Actor
    mine: Home
    theirs: Home
    suggestion: Suggestion

    @property
    def first(self) -> Person:
        """Return the older file."""
        return self.mine.mother

    @property
    def second(self) -> Person:
        """Return the younger file."""
        return self.theirs.mother


def suggest(by: Actor, one: object, other: object, weight: float = 1.0, **evidence: str) -> Suggestion:
    """Return the pair of two records, suggested by an engine."""
    codes = (getattr(one, "code"), getattr(other, "code"))  # noqa: B009  # of any kind of record
    actions.suggest_pairs(by, [SuggestedPair(*codes, weight, evidence)], origin="linking", run="test 1")
    kind = "request" if codes[1].startswith("R") else "other"
    return Suggestion.objects.get(**{"person": one, kind: other})


def two(boss: Actor | None = None, *, at: str = "North", and_at: str = "North", weight: float = 1.0) -> Two:
    boss = boss or make.actor("coordinator", "Coordination")
    mine, theirs = make.home(boss, at=at), make.home(boss, at=and_at)
    return Two(boss, mine, theirs, suggest(boss, mine.mother, theirs.mother, weight, name="other_spelling"))


def decided_same(pair: Two) -> Two:
    actions.decide_pair(pair.boss, pair.suggestion, decision=SAME)
    return pair


def joined(pair: Two, keep: Person | None = None) -> Merge:
    """Return the merge of a pair, agreed to by a second coordinator where that is needed."""
    if pair.suggestion.merges.count() == 0:
        decided_same(pair)
    merge = actions.propose_merge(pair.boss, pair.suggestion, keep=keep or pair.first)
    if merge.state == Merge.State.PROPOSED:
        merge = actions.agree_to_merge(make.actor("coordinator", "Coordination"), merge)
    return merge


def sought(boss: Actor, name: str = "Gavharova Nodira", year: int = 1990) -> TracingRequest:
    """Return a request of a relative who looks for somebody of this name."""
    content = f"ФИО,Пол,Дата рождения,Заявитель,Родство\n{name},жен,{year},Gavharova Zulayho,тётя\n".encode()
    asked = actions.read_list(boss, content=content, file_name="a.csv", sender="Ombudsman", kind="relatives")
    actions.confirm_list(boss, asked)
    return TracingRequest.objects.get(row__arrival_list=asked)


def stood() -> dict[str, dict[int, dict[str, object]]]:
    """Return every row that joining could touch, as it stands."""
    return {
        model.__name__: {row.pk: model_to_dict(row) for row in model._base_manager.all()} for model in KEPT_AS_IT_WAS
    }


def history() -> dict[int, dict[str, object]]:
    """Return every stage change and sealed part: what was said may only grow."""
    changes = {f"change {row.pk}": model_to_dict(row) for row in StageChange.objects.all()}
    parts = {f"part {row.pk}": (row.key_id, row.group, bytes(row.sealed)) for row in SealedPart.objects.all()}
    tasks = {f"task {row.pk}": model_to_dict(row) for row in Task.objects.all()}
    return {**changes, **parts, **tasks}
