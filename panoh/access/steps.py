"""What a step of the audit is called when people read it: "opened the names", "changed the plan"."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# A permission is what a step asks for; in the audit it says what was done.
WORDS: dict[str, str | Promise] = {
    "account.factor": _("wrote a code or used a key of the second factor"),
    "account.factor-added": _("set up a second factor"),
    "account.factor-removed": _("removed a second factor"),
    "account.government-id": _("entered or removed the government identity of an account"),
    "account.lock": _("locked the session"),
    "account.password": _("changed the password"),
    "account.password-given": _("gave a new first password"),
    "account.recover": _("agreed to a recovery, or stopped it"),
    "account.recovered": _("set a new password after a recovery; the old factors ended"),
    "account.recovery-agreed": _("agreed to the recovery of the account"),
    "account.recovery-codes": _("made new recovery codes"),
    "account.recovery-proposed": _("proposed the recovery of the account"),
    "account.recovery-stopped": _("stopped the recovery of the account"),
    "account.sessions": _("ended sessions of the account"),
    "account.sign-in": _("signed in"),
    "account.sign-out": _("signed out"),
    "account.unlock": _("unlocked the session"),
    "assistance.give": _("recorded assistance"),
    "case.assign": _("named the lead worker"),
    "case.close": _("closed a case"),
    "case.move": _("moved a case on"),
    "case.open": _("opened a case"),
    "case.reopen": _("opened a case again"),
    "family.create": _("opened the file"),
    "family.edit": _("changed the family"),
    "family.see": _("opened the page"),
    "identity.amend": _("changed the identity"),
    "identity.forget": _("forgot the person"),
    "identity.open": _("read names"),
    "need.record": _("recorded needs"),
    "note.write": _("wrote a note"),
    "person.edit": _("changed a person"),
    "person.see": _("opened the page"),
    "plan.write": _("changed the plan"),
    "relationship.state": _("recorded a relationship"),
    "relationship.verify": _("verified a relationship"),
    "task.write": _("set or did a task"),
    "visit.record": _("planned or recorded a visit"),
}
