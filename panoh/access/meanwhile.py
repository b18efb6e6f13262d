"""Two people change one record: what one saw, what stands there by now and what is written are brought together.

Whoever changes something says what they saw of it. A step compares that with what stands there under a lock, and
refuses where words of somebody else would be lost; the form then shows both, with what does not collide taken in.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.db.models import Model
from django.forms.boundfield import BoundField
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.timezone import now as instant
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from panoh.access.actor import Actor
from panoh.access.models import AuditEntry, Staff
from panoh.access.refusals import NotNow

__all__ = ["Change", "ChangedMeanwhile", "EditForm", "Seen", "bring_together", "require_unchanged", "told"]

MOST_NAMED = 3
# An entry of the audit bears the time at which its transaction began, which may lie before the form was shown.
BEGUN_BEFORE = timedelta(minutes=1)

Values = Mapping[str, Any]


@dataclass(frozen=True)
class Seen:
    """What somebody saw before they changed it: words by field, and when; a field left out was empty."""

    values: Mapping[str, str]
    at: datetime | None = None

    @classmethod
    def of(cls, values: Values, at: datetime | None = None) -> Seen:
        """Return what was seen as words."""
        return cls({name: written(value) for name, value in values.items()}, at)

    @classmethod
    def carried(cls, text: str) -> Seen:
        """Return what a form carried; what cannot be understood counts as nothing seen, so that nothing is lost."""
        try:
            found = json.loads(text or "{}")
            values = {str(name): str(value) for name, value in found["values"].items()}
            return cls(values, parse_datetime(found["at"]) if found["at"] else None)
        except (ValueError, KeyError, TypeError, AttributeError):
            return cls({})

    def __str__(self) -> str:
        return json.dumps({"at": self.at and self.at.isoformat(), "values": self.values}, sort_keys=True)


@dataclass(frozen=True)
class Change:
    """Who changed the record meanwhile, and when."""

    by: Staff | None
    at: datetime

    @property
    def who(self) -> str:
        """Return the name shown to colleagues."""
        return self.by.display_name if self.by else _("the operator of the machine")


class ChangedMeanwhile(NotNow):
    """Somebody changed the record since it was read. now: what stands there; changes: by whom and when."""

    code = "changed-meanwhile"
    says = gettext_lazy(
        "This was changed while you were writing, and nothing of yours is saved yet. Compare the two, choose or"
        " combine, and save again."
    )

    def __init__(self, now: Values | None = None, changes: Iterable[Change] = (), **details: Any) -> None:
        self.now, self.changes = now or {}, list(changes)
        super().__init__(**details)


def told(value: Any) -> Any:
    """Return a value as the API tells it: a record by its code, a colleague by user name."""
    if isinstance(value, Staff):
        return value.username
    if isinstance(value, Model):
        return value.code  # type: ignore[attr-defined]  # what is edited has one
    return value


def written(value: Any) -> str:
    """Return a value as one word to compare; nothing is the empty one."""
    return "" if value is None else str(told(value))


def bring_together(was: Mapping[str, str], there: Mapping[str, str], mine: Mapping[str, str]) -> dict[str, str | None]:
    """Return what each field becomes: what one alone changed, what both wrote alike, and None where they differ."""
    return {
        name: there[name] if mine[name] in (was.get(name, ""), there[name])
        else mine[name] if there[name] == was.get(name, "")
        else None
        for name in mine
    }  # fmt: skip


def require_unchanged(actor: Actor, seen: Seen | None, *, now: Values, given: Values, about: str, step: str) -> None:
    """Refuse to write over what somebody else changed since it was seen; what both wrote alike is no loss.

    seen: None for a step that a program takes, and that nobody wrote. now: what stands there, read under a lock.
    about, step: the record and the step as the audit names them, to tell who it was.

    Raises:
        ChangedMeanwhile.
    """
    if seen is None:
        return
    if any(written(now.get(name)) not in (seen.values.get(name, ""), written(given[name])) for name in given):
        raise ChangedMeanwhile(now, _changes(actor, about, step, seen.at))


def _changes(actor: Actor, about: str, step: str, since: datetime | None) -> list[Change]:
    done = AuditEntry.objects.filter(about=about, step=step, outcome=AuditEntry.Outcome.DONE)
    found = done.exclude(staff=actor.staff_id).select_related("staff")
    newest = list(found.filter(at__gte=since - BEGUN_BEFORE) if since else found.order_by("-at")[:1])
    latest = {entry.staff_id: Change(entry.staff, entry.at) for entry in sorted(newest, key=lambda entry: entry.at)}
    return sorted(latest.values(), key=lambda change: change.at, reverse=True)[:MOST_NAMED]


# --- the form ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Differing:
    """A field in which two people wrote different things."""

    bound: BoundField
    mine: str
    theirs: str

    @property
    def is_long(self) -> bool:
        """Tell whether it is a text."""
        return isinstance(self.bound.field.widget, forms.Textarea)


@dataclass(frozen=True)
class Taken:
    """A field that only the other changed: the form has it already."""

    label: str
    theirs: str


class EditForm(forms.Form):
    """A form that changes what stands there already. Its `initial` is what its reader saw, and goes along with it."""

    # What stands before the names of the step's own fields in this form.
    lead = ""
    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    changes: list[Change]
    differing: list[Differing]
    taken: list[Taken]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        shown = {name.removeprefix(self.lead): value for name, value in self.initial.items()}
        self.initial = {**self.initial, "seen": str(Seen.of(shown, instant()))}
        self.changes, self.differing, self.taken = [], [], []

    def clean_seen(self) -> Seen:
        """Return what the reader saw."""
        return Seen.carried(self.cleaned_data["seen"])

    def keep_choosable(self, values: Values) -> None:
        """Let what stands there now be chosen, whatever else is on offer: else saving would take it away unasked."""
        for name, value in values.items():
            field = self.fields.get(self.lead + name)
            if isinstance(field, forms.ModelChoiceField) and isinstance(value, Model):
                offered: Any = field.queryset
                field.queryset = offered | type(value)._default_manager.filter(pk=value.pk)

    def meet(self, changed: ChangedMeanwhile) -> None:
        """Show what somebody else wrote beside what was entered, and take in what they alone changed."""
        fields = {name: self.lead + name for name in changed.now if self.lead + name in self.fields}
        mine = {name: self.cleaned_data.get(field) for name, field in fields.items()}
        words = {name: written(value) for name, value in mine.items()}
        there = {name: written(changed.now[name]) for name in fields}
        brought = bring_together(self.cleaned_data["seen"].values, there, words)
        self.keep_choosable(changed.now)
        self.changes = changed.changes
        sent: Any = self.data
        self.data = data = sent.copy()
        data[self.add_prefix("seen")] = str(Seen.of(changed.now, instant()))
        for name, now in changed.now.items():
            if name not in fields or words[name] == there[name]:
                continue
            bound = self[fields[name]]
            theirs = in_words(bound.field, now)
            if brought[name] is None:
                one = Differing(bound, in_words(bound.field, mine[name]), theirs)
                self.differing.append(one)
                says = _("Somebody else wrote here as well.") if one.is_long else _("Stands there now: %(theirs)s")
                self.add_error(fields[name], says % {"theirs": theirs})
            elif brought[name] == there[name]:
                data[bound.html_name] = "" if now is None else bound.field.prepare_value(now)
                self.taken.append(Taken(str(bound.label), theirs))
        self.add_error(None, str(changed))


def in_words(field: Any, value: Any) -> str:
    """Return a value of a field as its reader would say it."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, date):
        return date_format(value)
    if isinstance(field, forms.ChoiceField) and not isinstance(field, forms.ModelChoiceField):
        choices: Any = field.choices
        labels = {str(code): label for code, label in _flat(choices)}
        return str(labels.get(written(value), written(value))) or _("nothing")
    return _("nothing") if value in (None, "") else str(value)


def _flat(choices: Iterable[Any]) -> Iterable[tuple[Any, Any]]:
    for code, label in choices:
        if isinstance(label, list | tuple):
            yield from label
        else:
            yield code, label
