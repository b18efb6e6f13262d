"""What changes about agencies and staff, and the progress of background work."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pyrage
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import connection, connections
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from panoh.access.entrances import Actor, action
from panoh.access.models import Agency, District, JobProgress, Staff
from panoh.access.refusals import NotNow, NotRight, Unknown
from panoh.access.roles import is_given
from panoh.access.sessions import begin_session, end_sessions, note

__all__ = [
    "Progress", "add_agency", "add_staff", "begin_session", "choose_password", "end_job", "end_sessions_of",
    "give_age_key", "give_password", "reported_progress", "retire_staff", "start_job",
]  # fmt: skip

Progress = Callable[[int, int], None]
AGENCIES = 0x41  # the number of the lock


class NameTaken(NotRight):
    code = "access.name-taken"
    says = _("There is already one called “%(name)s”. Choose another name.")


class PasswordWeak(NotRight):
    code = "access.password-weak"
    says = _("This password is too easy to guess: %(why)s")


class KeyUnfit(NotRight):
    code = "access.key-unfit"
    says = _(
        "This is no public key of age. It begins with “age1” and is what age-keygen tells to hand on; what begins with"
        " “AGE-SECRET-KEY” stays with its owner."
    )


class NotYourself(NotNow):
    code = "access.not-yourself"
    says = _("Nobody changes their own account here. Ask another coordinator.")


@action("settings.edit")
def add_agency(actor: Actor, *, name: str, kind: int, district: District | None = None) -> Agency:
    """Register an agency that helps.

    Raises:
        NameTaken: one of that name exists.
    """
    with connection.cursor() as cursor:  # one at a time, so that no code or name is given twice
        cursor.execute("select pg_advisory_xact_lock(%s)", [AGENCIES])
    if Agency.objects.filter(name=name).exists():
        raise NameTaken(name=name)
    return Agency.objects.create(code=_next_agency_code(), name=name, kind=kind, district=district)


@action("settings.edit")
def give_age_key(actor: Actor, agency: Agency, *, key: str) -> Agency:
    """Record the public key to which files for an agency are encrypted; an empty one takes it away.

    Raises:
        KeyUnfit.
    """
    agency.age_key = key.strip()
    if agency.age_key:
        try:
            pyrage.x25519.Recipient.from_str(agency.age_key)
        except pyrage.RecipientError as error:
            raise KeyUnfit from error
    agency.save(update_fields=["age_key"])
    return agency


def _next_agency_code() -> str:
    """Return "A" and the number after the highest that was ever given."""
    codes = Agency.objects.filter(code__regex=r"^A[0-9]+$").values_list("code", flat=True)
    return f"A{max((int(code[1:]) for code in codes), default=0) + 1:04}"


@action("settings.edit")
def add_staff(
    actor: Actor, *, username: str, display_name: str, agency: Agency, role: str, password: str, email: str = ""
) -> Staff:
    """Open an account for a colleague; the first password is handed over in person.

    Raises:
        NameTaken, Unknown (the role), PasswordWeak.
    """
    if not is_given(role):
        raise Unknown(word=role, what=_("roles"))
    if Staff.objects.filter(username=username).exists():
        raise NameTaken(name=username)
    staff = Staff(username=username, display_name=display_name, agency=agency, role=role, email=email)
    _set_password(staff, password)
    staff.password_given_at = timezone.now()
    staff.save()
    return staff


@action("settings.edit")
def give_password(actor: Actor, staff: Staff, *, password: str) -> Staff:
    """Give a colleague who forgot theirs a new first password, handed over in person; open sessions end.

    It is for one sign-in within 72 hours, which asks for another. A second factor stays, and is asked for as before.

    Raises:
        PasswordWeak.
        NotYourself: one's own is changed with the old one.
    """
    if staff.pk == actor.staff_id:
        raise NotYourself
    _set_password(staff, password)
    staff.password_given_at = timezone.now()
    staff.save(update_fields=["password", "password_given_at"])
    end_sessions(staff)
    note(actor.staff, "account.password-given", about=staff, operator=actor.staff_id is None)
    return staff


def choose_password(staff: Staff, password: str) -> None:
    """Let somebody set their own password; their sessions end.

    Raises:
        PasswordWeak.
    """
    _set_password(staff, password)
    staff.password_given_at = None
    staff.save(update_fields=["password", "password_given_at"])
    end_sessions(staff)


@action("settings.edit")
def end_sessions_of(actor: Actor, staff: Staff) -> Staff:
    """Sign a colleague out everywhere, at the next click."""
    end_sessions(staff)
    note(actor.staff, "account.sessions", about=staff)
    return staff


@action("settings.edit")
def retire_staff(actor: Actor, staff: Staff) -> Staff:
    """End an account: its sessions stop at the next click, its history stays.

    Raises:
        NotYourself: the account is the actor's own.
    """
    if staff.pk == actor.staff_id:
        raise NotYourself
    staff.is_active = False
    staff.set_unusable_password()
    staff.save(update_fields=["is_active", "password"])
    end_sessions(staff)
    return staff


def _set_password(staff: Staff, password: str) -> None:
    try:
        validate_password(password, staff)
    except ValidationError as error:
        raise PasswordWeak(why=" ".join(error.messages)) from error
    staff.set_password(password)


def start_job(actor: Actor, code: str, about: str) -> None:
    """Note that a piece of background work waits to be done."""
    JobProgress.objects.create(code=code, staff_id=actor.me, about=about)


@contextmanager
def reported_progress(code: str) -> Iterator[Progress]:
    """Give the function by which a job tells how many of its rows are done.

    It writes on a connection of its own, for what the job's transaction writes shows only at its end.
    """
    outside = connections.create_connection("default")

    def report(done: int, total: int) -> None:
        with outside.cursor() as cursor:
            cursor.execute(
                "update access_jobprogress set state = %s, done = %s, total = %s, changed_at = now() where code = %s",
                [JobProgress.State.RUNNING, done, total, code],
            )

    try:
        yield report
    finally:
        outside.close()


def end_job(code: str, *, says: str = "", refused: bool = False) -> None:
    """Note that a job has ended, with the sentence its asker reads."""
    state = JobProgress.State.REFUSED if refused else JobProgress.State.DONE
    JobProgress.objects.filter(code=code).update(state=state, says=says)
