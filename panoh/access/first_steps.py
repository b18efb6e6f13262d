"""What the operator of the machine does for people's accounts: let the first one in, and whoever forgot the password.

No role holds these rights: they come with the machine itself. What is done leaves its entry in the audit all the same.
"""

from __future__ import annotations

import re

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from panoh.access.actions import NameTaken, add_agency, add_staff, give_password
from panoh.access.actor import Actor
from panoh.access.models import Agency, Staff
from panoh.access.queries import all_roles
from panoh.access.recovery import recover_alone
from panoh.access.refusals import NotNow, NotRight, Unknown
from panoh.access.roles import roles

__all__ = ["agency_called", "check_account", "let_in_again", "open_account", "set_password", "staff_called"]

USERNAME = re.compile(r"[a-z0-9._-]{2,60}")
LONGEST_NAME = 120


class UsernameWrong(NotRight):
    code = "access.username-wrong"
    says = _(
        "“%(username)s” is no user name: it has 2 to 60 small letters without accents, digits, dots, hyphens or"
        " underscores."
    )


class NameWrong(NotRight):
    code = "access.name-wrong"
    says = _("A name has 1 to %(most)s characters. Shorten it or write one.")


class AgencyUnknown(NotRight):
    code = "access.agency-unknown"
    says = _("No agency has the code or name “%(name)s”. Look at its spelling; to register it, say of what kind it is.")


class StaffUnknown(NotRight):
    code = "access.staff-unknown"
    says = _("Nobody with the user name “%(username)s” works here. Look at its spelling.")


class AccountEnded(NotNow):
    code = "access.account-ended"
    says = _("The account “%(username)s” was ended and gets no new password. A coordinator can open another account.")


def staff_called(username: str) -> Staff:
    """Return the member of staff of this user name.

    Raises:
        StaffUnknown, AccountEnded.
    """
    staff = Staff.objects.filter(username=username).first()
    if staff is None:
        raise StaffUnknown(username=username)
    if not staff.is_active:
        raise AccountEnded(username=username)
    return staff


def agency_called(word: str) -> Agency | None:
    """Return the agency of this code or name that works with us, if there is one."""
    found = Agency.objects.filter(is_active=True)
    return found.filter(code=word).first() or found.filter(name=word).first()


def check_account(username: str, *, display_name: str, agency: str, role: str, agency_kind: str = "") -> None:
    """Find out before a password is asked for whether the account can be opened.

    Raises:
        UsernameWrong, NameWrong, NameTaken, AgencyUnknown, Unknown (the role, the kind).
    """
    if not USERNAME.fullmatch(username):
        raise UsernameWrong(username=username)
    if not all(0 < len(name.strip()) <= LONGEST_NAME for name in (display_name, agency)):
        raise NameWrong(most=LONGEST_NAME)
    if role not in {known.code for known in all_roles()}:
        raise Unknown(word=role, what=_("roles"))
    if Staff.objects.filter(username=username).exists():
        raise NameTaken(name=username)
    if agency_called(agency) is None:
        _kind(agency, agency_kind)


def open_account(
    username: str, *, display_name: str, agency: str, role: str, password: str, agency_kind: str = ""
) -> Staff:
    """Open an account. agency: code or name; one that is not there is registered if its kind is given.

    agency_kind: a name of `Agency.Kind` in small letters, such as "ministry".

    Raises:
        UsernameWrong, NameWrong, NameTaken, PasswordWeak, AgencyUnknown, Unknown (the role, the kind).
    """
    check_account(username, display_name=display_name, agency=agency, role=role, agency_kind=agency_kind)
    operator = _operator()
    with transaction.atomic():
        there = agency_called(agency)
        if there is None:
            there = add_agency(operator, name=agency.strip(), kind=_kind(agency, agency_kind))
        return add_staff(
            operator, username=username, display_name=display_name.strip(), agency=there, role=role, password=password
        )


def set_password(username: str, password: str) -> Staff:
    """Give somebody who forgot it a new password; the sessions under the old one end.

    Raises:
        StaffUnknown, AccountEnded, PasswordWeak.
    """
    return give_password(_operator(), staff_called(username), password=password)


def let_in_again(username: str) -> tuple[Staff, str, str]:
    """Return both halves of a code for somebody who lost all, where no two colleagues are left to hand them over.

    Raises:
        StaffUnknown, AccountEnded.
        OthersCan: two colleagues can do it on the page Settings.
        RecoveryOpen: a recovery goes on already.
    """
    staff = staff_called(username)
    first, second = recover_alone(staff)
    return staff, first.text, second.text


def _operator() -> Actor:
    """Return the operator with the right to open accounts, which only the two steps here use."""
    role = roles()["operator"]
    return Actor(None, None, "operator", role.model_copy(update={"permissions": role.permissions | {"settings.edit"}}))


def _kind(agency: str, word: str) -> int:
    kinds = {kind.name.lower(): kind.value for kind in Agency.Kind}
    if not word:
        raise AgencyUnknown(name=agency)
    if word not in kinds:
        raise Unknown(word=word, what=_("kinds of agencies"))
    return kinds[word]
