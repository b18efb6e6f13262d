"""What makes a password: long, on no list, not one's own words. Source: NIST SP 800-63B-4, section 3.1.1.

No letters are prescribed and no change after a time; spaces and any script are welcome.
"""

from __future__ import annotations

import re
from datetime import timedelta
from functools import cache

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from panoh.access.models import Staff
from panoh.access.refusals import Refusal
from panoh.access.roles import roles
from panoh.access.second_factor import has_second_factor, needs_second_factor

LEAST_WITH_FACTOR = 12
LEAST_ALONE = 15
LONGEST = 1000
FEWEST_DIFFERENT = 5
# A password that somebody else chose is for one sign-in, soon.
GIVEN_LASTS = timedelta(hours=72)
OUR_WORDS = ("panoh", "password", "parol", "пароль", "maxfiy")
_LEAST_WORD = 3
_ENDS = re.compile(r"^[\W\d_]+|[\W\d_]+$")
_REPEATED = re.compile(r"(.+?)\1+", re.DOTALL)


class PasswordFirst(Refusal):
    """Somebody else knows the password."""

    code = "access.password-first"
    says = _("Your password was given to you. Choose one that only you know before anything else.")
    status = 403


def least_letters(staff: Staff | None) -> int:
    """Return how long a password must be: shorter beside a second factor, longer where it stands alone."""
    role = roles().get(staff.role_now) if staff else None
    if staff and role and (needs_second_factor(role) or (staff.pk and has_second_factor(staff))):
        return LEAST_WITH_FACTOR
    return LEAST_ALONE


def has_expired(staff: Staff) -> bool:
    """Tell whether a password was given by somebody else and not used in time."""
    given = staff.password_given_at
    return given is not None and given < timezone.now() - GIVEN_LASTS


class LongEnough:
    """Asks for 12 letters beside a second factor and 15 without."""

    def validate(self, password: str, user: Staff | None = None) -> None:
        """Refuse a shorter one, and one too long to be typed by anybody."""
        least = least_letters(user)
        if len(password) < least:
            said = ngettext("Write at least %(n)d letter.", "Write at least %(n)d letters.", least) % {"n": least}
            raise ValidationError(said, code="password-short")
        if len(password) > LONGEST:
            raise ValidationError(_("Write at most %(n)d letters.") % {"n": LONGEST}, code="password-long")

    def get_help_text(self) -> str:
        """Return what to do, for the form."""
        return str(_("At least %(n)d letters; a sentence with spaces is good.") % {"n": LEAST_WITH_FACTOR})


class NotEasilyGuessed:
    """Refuses what stands on the list of common passwords, alone or repeated, and one's own words."""

    def validate(self, password: str, user: Staff | None = None) -> None:
        """Refuse it if little is left once what others would try first is taken out."""
        if len(password) > LONGEST:  # refused for that already; the expressions below would take long over it
            return
        low = password.lower().strip()
        whole = _REPEATED.fullmatch(low)
        core = _ENDS.sub("", low)
        repeated = _REPEATED.fullmatch(core)
        tried = {low, core, whole[1] if whole else low, repeated[1] if repeated else core}
        if len(set(low)) < FEWEST_DIFFERENT or tried & _common():
            raise ValidationError(_("Many people have this password, and it is tried first."), code="password-common")
        left = low
        for word in sorted(_own_words(user), key=len, reverse=True):
            left = left.replace(word, "")
        if len(left) < len(low) and len(re.sub(r"[\W\d_]", "", left)) < LEAST_WITH_FACTOR // 2:
            raise ValidationError(
                _("It is made of your own name, your agency or ours; write other words."), code="password-own-words"
            )

    def get_help_text(self) -> str:
        """Return what to do, for the form."""
        return str(_("Not your own name, and nothing that many people have."))


@cache
def _common() -> frozenset[str]:
    return frozenset(CommonPasswordValidator().passwords)


def _own_words(staff: Staff | None) -> set[str]:
    """Return the words that others would try for this person."""
    told = [*OUR_WORDS, *([staff.username, staff.display_name, staff.email, staff.agency.name] if staff else [])]
    parts = {part for text in told for part in [text.lower(), *re.split(r"[\W\d_]+", text.lower())]}
    return {part for part in parts if len(part) >= _LEAST_WORD}
