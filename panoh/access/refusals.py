"""Everything Panoh refuses, as one tree: each refusal has a code, a sentence and an HTTP status.

Raised where the rule is, caught once at the edge (page, API, command line), with the same text in each.
"""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.apps import apps
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override


class Refusal(Exception):  # noqa: N818  # it is no error but an answer
    """A thing that was asked for and is not done, with a sentence that says what, where and how to mend it."""

    code: ClassVar[str] = "refused"
    says: ClassVar[str | Promise] = _("This cannot be done.")
    status: ClassVar[int] = 400

    def __init__(self, **details: Any) -> None:
        self.details = details
        super().__init__(self.code)

    def __str__(self) -> str:
        if apps.ready:
            return str(self.says) % {name: _written(detail) for name, detail in self.details.items()}
        with override(None):  # before Django is set up there are no translations to ask
            return str(self.says) % self.details


def _written(detail: Any) -> Any:
    """Return a date as the reader writes it, and anything else as it is."""
    return date_format(detail) if isinstance(detail, date) else detail


class NotThere(Refusal):
    """Absent, or hidden from the one who asks: both answer alike."""

    code = "not-there"
    says = _("There is nothing at this address, or it is not yours to see.")
    status = 404


class NotAllowed(Refusal):
    """The asker may see the record but not do this with it."""

    code = "not-allowed"
    says = _("Your role does not allow this step. Ask your supervisor or coordinator.")
    status = 403


class PurposeMissing(Refusal):
    """A file is reached by the role alone, and why it is opened was not said; a page asks, a program is told."""

    code = "access.purpose-missing"
    says = _("Say why you open %(about)s: send the header X-Purpose with a purpose of the list.")
    status = 428


class NotNow(Refusal):
    """The record is not in a state that allows the step."""

    code = "not-now"
    says = _("This step is not possible now.")
    status = 409


class NotRight(Refusal):
    """The input cannot be taken as it is."""

    code = "not-right"
    says = _("Something in what you entered needs mending.")
    status = 422


class SignInFirst(Refusal):
    """Nobody signed in."""

    code = "sign-in-first"
    says = _("Sign in first.")
    status = 401


class FormExpired(Refusal):
    """A change came without its CSRF token, or with an old one."""

    code = "form-expired"
    says = _("This form was open too long or came from elsewhere. Go back, reload the page and send it again.")
    status = 403


class DatabaseAway(Refusal):
    """The database does not answer."""

    code = "database-away"
    says = _("The database does not answer just now. Nothing was changed; wait a minute and send it again.")
    status = 503


class BadRequest(Refusal):
    """The request itself cannot be understood."""

    code = "bad-request"
    says = _("This request could not be understood. Go back, reload the page and try again.")


class Unknown(NotRight):
    """A code or word that is not on the list it should be from."""

    code = "unknown-word"
    says = _("“%(word)s” is not on the list of %(what)s. Choose one from the list.")
