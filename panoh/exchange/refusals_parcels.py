"""What is refused of a parcel, each with what to do about it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from panoh.access.refusals import NotNow, NotRight


class ParcelUnreadable(NotRight):
    code = "exchange.parcel-unreadable"
    says = _("This is no parcel, or it was damaged on the way. Ask the sender for the file again.")


class ParcelNewer(NotRight):
    code = "exchange.parcel-newer"
    says = _("This parcel was made by a newer Panoh than this one. Bring this one up to date, then open it again.")


class ParcelLocked(NotRight):
    code = "exchange.parcel-locked"
    says = _("This file is locked for somebody else. Ask the sender to enter your key of age, and to send it again.")


class ParcelForAnother(NotRight):
    code = "exchange.parcel-for-another"
    says = _("This parcel is for another instance, not for this one. Hand it to whoever it is for.")


class ParcelFromUnknown(NotRight):
    code = "exchange.parcel-from-unknown"
    says = _(
        "Nobody known here sent this parcel. Its key reads %(check_code)s: enter the sender as a partner if"
        " that is what they read out to you."
    )


class ParcelAltered(NotRight):
    code = "exchange.parcel-altered"
    says = _("The signature does not fit: this parcel was altered after %(name)s signed it. Take nothing of it in.")


class ParcelRepeated(NotNow):
    code = "exchange.parcel-repeated"
    says = _("Parcel %(number)s of %(name)s arrived already (%(code)s). There is nothing new in it.")


class ParcelTwofold(NotRight):
    code = "exchange.parcel-twofold"
    says = _(
        "Parcel %(number)s of %(name)s arrived already (%(code)s) and said something else. Ask the sender whether"
        " somebody else has their key."
    )


class ParcelMissing(NotNow):
    code = "exchange.parcel-missing"
    says = _("Parcel %(missing)s of %(name)s is missing; this is number %(number)s. Ask the sender for it first.")


class ParcelBroken(NotRight):
    code = "exchange.parcel-broken-row"
    says = _(
        "Parcel %(number)s of %(name)s does not follow the one before it that arrived here. Ask the sender whether"
        " it was set back to a backup."
    )


class ParcelOver(NotNow):
    code = "exchange.parcel-over"
    says = _("This parcel was decided on already. Load the page anew.")


class EarlierWaits(NotNow):
    code = "exchange.parcel-earlier-waits"
    says = _("Parcel %(number)s of %(name)s came before this one and waits. Take it in or decline it first.")


class LaterTaken(NotNow):
    code = "exchange.parcel-later-taken"
    says = _("Parcel %(number)s of %(name)s came after this one and is taken in. Take that one back first.")


class DoesNotFit(NotRight):
    code = "exchange.parcel-does-not-fit"
    says = _("“%(words)s” does not fit what stands here, and nothing was taken in. Ask the sender to look at it.")


class StandsOn(NotNow):
    code = "exchange.parcel-stands-on"
    says = _("“%(words)s” cannot be taken back: something that was entered since stands on it. Nothing was taken back.")


class ReportStays(NotNow):
    code = "exchange.parcel-report-stays"
    says = _("A report on an action is kept: it is not taken back. “%(words)s” is replaced by a newer report.")


class WordStays(NotNow):
    code = "exchange.parcel-word-stays"
    says = _(
        "“%(words)s” is kept: an answer, a withdrawal or a value that was returned is not undone by a parcel."
        " Nothing was taken back."
    )


class ChangedSince(NotNow):
    code = "exchange.parcel-changed-since"
    says = _("“%(words)s” cannot be taken back: it was changed here since. Nothing was taken back.")


class NothingToSend(NotNow):
    code = "exchange.parcel-nothing"
    says = _("There is nothing to send: all of it was left out, or the partner was told so already.")


class PartnerNotTrusted(NotNow):
    code = "exchange.partner-not-trusted"
    says = _("%(name)s is not confirmed yet, or has ended. A second colleague confirms its key first.")


class PartnerKnown(NotRight):
    code = "exchange.partner-known"
    says = _("This key is registered already, for %(name)s.")


class PartnerIsUs(NotRight):
    code = "exchange.partner-is-us"
    says = _("This is this instance's own key. Enter the key that the partner shows on its page.")


class PartnerKeyUnfit(NotRight):
    code = "exchange.partner-key-unfit"
    says = _("This is no public key of an instance: it has 64 digits and letters from a to f.")


class PartnerAgeKeyUnfit(NotRight):
    code = "exchange.partner-age-key-unfit"
    says = _("This is no public key of age: it begins with “age1”. The partner shows it on its page beside its key.")


class PartnerByTwo(NotNow):
    code = "exchange.partner-by-two"
    says = _("Whoever entered a partner does not confirm it as well. Ask another colleague.")


class PartnerDecided(NotNow):
    code = "exchange.partner-decided"
    says = _("This partner is confirmed already, or has ended.")


class CheckCodeOther(NotRight):
    code = "exchange.partner-check-code-other"
    says = _(
        "This is not the check code of the key that was entered. Do not confirm it: ask whoever entered it, and the"
        " partner."
    )
