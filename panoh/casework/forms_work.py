"""Forms of work as a whole: standing in, safe contact, several things at once, notices, texts put right."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from panoh.access.clock import today
from panoh.access.entrances import Actor
from panoh.access.models import Staff
from panoh.casework.catalogue import catalogue
from panoh.casework.forms import CHOOSE, Day, Words, choices_of
from panoh.casework.models import Family, NoticeKind, NoticeWish, Task
from panoh.casework.queries.absences import may_be_away
from panoh.casework.queries.contacts import LABELS

HELP: Mapping[str, object] = {
    "when": _("Days and hours, such as: mornings, when the children are at school."),
    "how": _("Such as: a message first, no voice mail; ring twice and wait."),
    "by_whom": _("Such as: only a woman; say you are from the clinic's front desk."),
    "not_to": _("Who may pick up and must not learn who calls."),
    "unsaid": _("Words and subjects that are left out on the phone."),
}


class StandInForm(forms.Form):
    """Who stands in for whom, and on which days."""

    staff = forms.ModelChoiceField(label=_("Who is away"), queryset=Staff.objects.none())
    stand_in = forms.ModelChoiceField(
        label=_("Who stands in"),
        queryset=Staff.objects.none(),
        help_text=_("A colleague of the same agency who visits families. The files are open to them on these days."),
    )
    since = Day(label=_("From"))
    until = Day(label=_("Until"), help_text=_("The last day. Then the files close by themselves."))

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        away = may_be_away(actor)
        whose = {one.agency_id for one in away}
        colleagues = Staff.objects.filter(is_active=True, agency__in=whose).exclude(pk=actor.me)
        self.fields["staff"].queryset = Staff.objects.filter(pk__in=[one.pk for one in away])  # type: ignore[attr-defined]
        self.fields["staff"].initial = actor.staff_id
        self.fields["stand_in"].queryset = colleagues  # type: ignore[attr-defined]
        self.fields["since"].initial = today() + timedelta(1)


class SafeContactForm(forms.Form):
    """What must be minded before anybody calls."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in LABELS.items():
            self.fields[name] = Words(label=label, rows=2, required=False, help_text=HELP[name])


class TextForm(forms.Form):
    """A text that is put right."""

    text = Words(label=_("Text"), rows=5, help_text=_("What stood there before stays in the history."))


class StillThere(forms.MultipleChoiceField):
    """Choices of which a colleague may have taken one meanwhile: what is not there any more is passed over."""

    widget = forms.CheckboxSelectMultiple

    def valid_value(self, value: Any) -> bool:
        """Take it: the page knows what is still there."""
        return True


def _in_a_line(task: Task) -> str:
    kind = catalogue().label("task_kinds", task.kind)
    return f"{kind}, {task.family.code}, {date_format(task.due)}"


class SeveralTasksForm(forms.Form):
    """Several tasks at once: those that are not meant are not ticked."""

    what = forms.ChoiceField(
        label=_("What"), choices=(("done", _("They are done")), ("move", _("Move them to another day"))),
        widget=forms.RadioSelect, initial="done",
    )  # fmt: skip
    to = Day(label=_("To which day"), required=False)
    tasks = StillThere(label=_("Tasks"))

    def __init__(self, tasks: Iterable[Task], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["tasks"].choices = [(task.code, _in_a_line(task)) for task in tasks]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask for a day when tasks are to be moved, and take none when they are done."""
        given = self.cleaned_data
        if given.get("what") == "move" and not given.get("to"):
            self.add_error("to", _("Say to which day."))
        return given | ({"to": None} if given.get("what") == "done" else {})


class SeveralVisitsForm(forms.Form):
    """A visit to each of several families."""

    kind = forms.ChoiceField(label=_("Kind of visit"), choices=lambda: choices_of("visit_kinds", empty=CHOOSE))
    on = Day(label=_("Day"))
    families = StillThere(label=_("Families"))

    def __init__(self, families: Iterable[tuple[Family, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lines = [(family.code, f"{name}, {family.code}" if name else family.code) for family, name in families]
        self.fields["families"].choices = lines  # type: ignore[attr-defined]


class WishForm(forms.Form):
    """How somebody wants to be told of each kind."""

    PAGE, MAIL, NOT = "page", "mail", "not"

    def __init__(self, wish: NoticeWish, has_email: bool, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_email:
            says = _("Where mail goes. It is entered once; write nothing and no mail comes.")
            self.fields["email"] = forms.EmailField(label=_("Work e-mail"), required=False, help_text=says)
        ways = ((self.PAGE, _("in the page")), (self.MAIL, _("in the page and by mail")), (self.NOT, _("not at all")))
        for kind in NoticeKind:
            now = self.NOT if kind in wish.muted else self.MAIL if kind in wish.mailed else self.PAGE
            self.fields[kind.value] = forms.ChoiceField(
                label=str(kind.label).capitalize(), choices=ways, initial=now, widget=forms.RadioSelect
            )

    def chosen(self) -> dict[str, Any]:
        """Return the kinds that are mailed, those that are not told, and where mail goes."""
        given = dict(self.cleaned_data)
        return {
            "email": given.pop("email", ""),
            "mailed": [kind for kind, way in given.items() if way == self.MAIL],
            "muted": [kind for kind, way in given.items() if way == self.NOT],
        }
