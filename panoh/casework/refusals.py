"""What casework refuses, each with a sentence that says what, where and how to mend it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from panoh.access.refusals import NotAllowed, NotNow, NotRight


class NotNextStage(NotNow):
    code = "casework.not-next-stage"
    says = _("From “%(now)s” a case goes to: %(next)s. Choose one of these.")


class SearchedEnough(NotNow):
    code = "casework.searched-enough"
    says = _(
        "You searched beyond the families in your care %(most)s times today, which is as often as one may. Search among"
        " your own, or ask your supervisor; tomorrow you can search again."
    )
    status = 429


class GrantToYourself(NotNow):
    code = "casework.grant-to-yourself"
    says = _("Nobody opens a file to themselves. Ask whoever leads the work, or your supervisor.")


class GrantDayUnfit(NotRight):
    code = "casework.grant-day-unfit"
    says = _("A file is opened until a day that has not passed and lies no later than %(last)s. Choose another day.")


class ReasonTooShort(NotRight):
    code = "casework.reason-too-short"
    says = _("Say in at least %(least)s letters what is happening and what you need from the file.")


class EmergenciesSpent(NotAllowed):
    code = "casework.emergencies-spent"
    says = _(
        "You opened %(most)s files in an emergency today, and more are not opened so. Call the supervisor of the agency"
        " that leads the work, or your coordinator: they open it to you at once."
    )


class YoursAlready(NotNow):
    code = "casework.yours-already"
    says = _("%(family)s is open to you already, with all that your role reads.")


class ReviewedAlready(NotNow):
    code = "casework.reviewed-already"
    says = _("This was reviewed on %(on)s already. Nothing was changed.")


class NothingChosen(NotRight):
    code = "casework.nothing-chosen"
    says = _("Choose what of the file is meant.")


class WithheldFromThem(NotNow):
    code = "casework.withheld-from-them"
    says = _("The family asked that %(name)s does not see this. Talk with the family first; then take it off the list.")


class GuardsFail(NotNow):
    code = "casework.guards-fail"
    says = _("Not yet “%(stage)s”: %(missing)s")


class CaseClosed(NotNow):
    code = "casework.case-closed"
    says = _("Case %(case)s is closed. Re-open it first; its history stays.")


class AlreadyOpen(NotNow):
    code = "casework.already-open"
    says = _("This person has an open case already: %(case)s. Work on in that one.")


class ProtectedAlready(NotNow):
    code = "casework.protected-already"
    says = _("The file of family %(family)s is protected already. Nothing was changed.")


class NotProtected(NotNow):
    code = "casework.not-protected"
    says = _("The file of family %(family)s is not protected. Nothing was changed.")


class AlreadySettled(NotNow):
    code = "casework.already-settled"
    says = _("This was settled on %(on)s already. Nothing was changed.")


class SameFile(NotNow):
    code = "casework.same-file"
    says = _("This file was read before: it is list %(list)s (%(state)s). Nothing was changed.")


class ListNotDraft(NotNow):
    code = "casework.list-not-draft"
    says = _("List %(list)s is %(state)s; its rows can no longer be changed.")


class FileNotKept(NotNow):
    code = "casework.file-not-kept"
    says = _("The file of list %(list)s is not kept. Discard the list and import the file again.")


class RowReadAnew(NotNow):
    code = "casework.row-read-anew"
    says = _("The list was read anew meanwhile. Look at row %(row)s again before you decide on it.")


class NothingToConfirm(NotNow):
    code = "casework.nothing-to-confirm"
    says = _("List %(list)s has no row that can be registered. Decide on its rows first, or discard it.")


class NotAnArrival(NotNow):
    code = "casework.not-an-arrival"
    says = _("List %(list)s holds people sought by relatives; only a passenger list is received.")


class AlreadyReceived(NotNow):
    code = "casework.already-received"
    says = _("The people of list %(list)s were received already, on %(on)s.")


class CaseStillOpen(NotNow):
    code = "casework.case-still-open"
    says = _("Case %(case)s is open: people work with it. Close it first; then the person can be forgotten.")


class AlreadyForgotten(NotNow):
    code = "casework.already-forgotten"
    says = _("This person was forgotten on %(on)s already; the certificate says so. Nothing was changed.")


class NotForgotten(NotNow):
    code = "casework.not-forgotten"
    says = _("%(code)s was not forgotten, so there is no certificate.")


class MayBeKnown(NotNow):
    code = "casework.may-be-known"
    says = _(
        "%(number)s registered already may be the same person. Look at them; if it is none of them, say so and send it"
        " again. Nothing was registered yet."
    )


class CodeDiffers(NotRight):
    code = "casework.code-differs"
    says = _(
        "What you typed is not %(code)s. Type the code of the person whom you want to forget; nothing was changed."
    )


class NotOfThisFamily(NotRight):
    code = "casework.not-of-this-family"
    says = _("This record belongs to another family. Open the page again and choose from its list.")


class OwnerCannotOpen(NotRight):
    code = "casework.owner-cannot-open"
    says = _(
        "%(name)s cannot open the file of family %(family)s, and would never see this. Choose somebody who can, or have"
        " the family assigned to them."
    )


class WorkLeft(NotNow):
    code = "casework.work-left"
    says = _(
        "%(name)s still has work: families %(families)s, tasks %(tasks)s, steps of plans %(steps)s, planned visits"
        " %(visits)s. Name a colleague who takes it over."
    )


class AmountMissing(NotRight):
    code = "casework.amount-missing"
    says = _("Say how much was given: a number above zero, and for money the currency.")


class InTheFuture(NotRight):
    code = "casework.in-the-future"
    says = _("%(on)s lies in the future. Enter the day it happened.")


class DayUnfit(NotRight):
    code = "casework.day-unfit"
    says = _("%(on)s cannot be meant. Enter a day from %(first)s to %(last)s.")


class BeforeTheLastStep(NotRight):
    code = "casework.before-the-last-step"
    says = _("%(on)s lies before the last step of this case, on %(before)s. Enter a day since then.")


class ViewMissing(NotRight):
    code = "casework.view-missing"
    says = _("Give one of the two: the person's own view in their words, or why it was not asked.")


class SecondPersonNeeded(NotRight):
    code = "casework.second-person-needed"
    says = _("Choose another person: nobody is related to themselves.")


class EvidenceMissing(NotRight):
    code = "casework.evidence-missing"
    says = _("A relationship that was only stated cannot be verified. Name the record or decision that shows it.")


class DecisionUnfit(NotRight):
    code = "casework.decision-unfit"
    says = _("Row %(row)s: %(why)s")


class BirthUnfit(NotRight):
    code = "casework.birth-unfit"
    says = _("This is no birth date. Give what is known of it (year, month, day), not in the future.")


class NoteEmpty(NotRight):
    code = "casework.note-empty"
    says = _("The note is empty. Write what a colleague should know.")


class DecidedMeanwhile(NotNow):
    code = "casework.decided-meanwhile"
    says = _("%(who)s decided on this pair meanwhile: %(state)s. Look at it again before you change that.")


class StillJoined(NotNow):
    code = "casework.still-joined"
    says = _("These two files are joined, or about to be: %(merge)s. Undo or decline that first.")


class NotTheSame(NotNow):
    code = "casework.not-the-same"
    says = _("Nobody decided that these two are the same person. Decide on the pair first.")


class JoinedAlready(NotNow):
    code = "casework.joined-already"
    says = _("%(person)s goes on as %(kept)s already. Work on in that file, or undo the joining first.")


class OneAlready(NotNow):
    code = "casework.one-already"
    says = _("These two are one person already. There is nothing to join.")


class WorkGoesOnThere(NotNow):
    code = "casework.work-goes-on-there"
    says = _("Case %(case)s of %(person)s is open and the other file has none. Keep the file of %(person)s.")


class SecondColleagueNeeded(NotNow):
    code = "casework.second-colleague-needed"
    says = _("You proposed this yourself. Another supervisor or coordinator must agree.")


class MergeNotWaiting(NotNow):
    code = "casework.merge-not-waiting"
    says = _("This is “%(state)s” already. Nothing was changed.")


class PairIncomplete(NotRight):
    code = "casework.pair-incomplete"
    says = _("Name two different records: two people, or a person and a tracing request.")


class RequestSettled(NotNow):
    code = "casework.request-settled"
    says = _("Request %(request)s is %(state)s already, since %(on)s. Nothing was changed.")


class NobodyFound(NotNow):
    code = "casework.nobody-found"
    says = _("Nobody decided yet who the person sought in %(request)s is. Until then the relative learns nothing.")


class AnswerEmpty(NotRight):
    code = "casework.answer-empty"
    says = _("Write what the relative was told.")


class WorkerSeesMore(NotNow):
    code = "casework.worker-sees-more"
    says = _("%(name)s sees as much as you do, or more. This page shows what somebody sees who sees less.")
