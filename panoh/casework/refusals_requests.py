"""What is refused of requests that something leaves, each with a sentence that says what and how to mend it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from panoh.access.refusals import NotAllowed, NotNow, NotRight


class TooManyFamilies(NotRight):
    code = "casework.too-many-families"
    says = _("A file holds %(most)s families at most. Name fewer.")


class TooManyPeople(NotRight):
    code = "casework.too-many-people"
    says = _("A file holds %(most)s people at most, and these are %(n)s. Name fewer families.")


class NoFamily(NotRight):
    code = "casework.no-family"
    says = _("Name the families by their codes.")


class FamilyNotYours(NotRight):
    code = "casework.family-not-yours"
    says = _("Family %(family)s is not there, or not yours to see. Take it off.")


class WhyMissing(NotRight):
    code = "casework.why-missing"
    says = _("Write what the file is needed for: whoever decides reads it.")


class KeptFromThem(NotNow):
    code = "casework.kept-from-them"
    says = _("Family %(family)s asked that %(name)s does not see this. Take the family off, or talk with it first.")


class NotYourOwn(NotAllowed):
    code = "casework.not-your-own"
    says = _("You asked for this yourself. Another colleague decides.")


class CoordinatorDecides(NotAllowed):
    code = "casework.coordinator-decides"
    says = _("Names or documents would leave: a coordinator decides.")


class DecidedAlready(NotNow):
    code = "casework.decided-already"
    says = _("Request %(request)s waits for no decision any more. Nothing was changed.")


class NotReady(NotNow):
    code = "casework.not-ready"
    says = _("There is no file of request %(request)s to be had: it is not made yet, or it is over.")


class PassphraseShown(NotNow):
    code = "casework.passphrase-shown"
    says = _("The file of request %(request)s is locked already. Its passphrase is shown once; if lost, ask anew.")


class PassphraseFirst(NotNow):
    code = "casework.passphrase-first"
    says = _("Let the passphrase of request %(request)s be shown first: the file is locked with it.")


class FetchedByTheAsker(NotAllowed):
    code = "casework.fetched-by-the-asker"
    says = _("Only who asked for a file fetches it.")


class NotThePerson(NotRight):
    code = "casework.not-the-person"
    says = _("No person has the code %(person)s. A request that names no single person is recorded without a code.")


class WordsMissing(NotRight):
    code = "casework.words-missing"
    says = _("Write who asks, under which reference and on which legal basis.")


class BasisMissing(NotRight):
    code = "casework.basis-missing"
    says = _("Write on which legal basis you find it so.")


class ScopeUnfit(NotRight):
    code = "casework.scope-unfit"
    says = _("What is lawful to give is some of what was asked for, and no more. Choose it, or nothing if none is.")


class ReviewedByYou(NotNow):
    code = "casework.reviewed-by-you"
    says = _("You reviewed request %(request)s already. Another lawyer reviews it apart from you.")


class NotAtThisPoint(NotNow):
    code = "casework.not-at-this-point"
    says = _("Request %(request)s is “%(state)s”: this step is not possible now.")


class NothingKept(NotNow):
    code = "casework.nothing-kept"
    says = _("The person of request %(request)s was forgotten, and nothing is kept that could be given. Refuse it.")


class LawfulDayUnfit(NotRight):
    code = "casework.lawful-day-unfit"
    says = _("Enter a day that has come for what was done, and one that is still to come for what is put off.")
