"""What a step of the audit is called when people read it: "opened the names", "changed the plan"."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# A permission is what a step asks for; in the audit it says what was done.
WORDS: dict[str, str | Promise] = {
    "assistance.give": _("recorded assistance"),
    "audit.look": _("looked up who has looked"),
    "audit.report": _("read the report on how names are used"),
    "audit.search": _("searched the audit"),
    "case.assign": _("named the lead worker"),
    "case.close": _("closed a case"),
    "case.move": _("moved a case on"),
    "case.open": _("opened a case"),
    "case.reopen": _("opened a case again"),
    "duplicate.decide": _("decided whether two files are one person"),
    "duplicate.suggest": _("suggested that two files are one person"),
    "family.create": _("opened the file"),
    "family.edit": _("changed the family"),
    "family.see": _("opened the page"),
    "glass.break": _("opened the file in an emergency"),
    "glass.review": _("reviewed an emergency"),
    "grant.give": _("opened the file to somebody, or closed it"),
    "identity.amend": _("changed the identity"),
    "identity.forget": _("forgot the person"),
    "identity.open": _("read names"),
    "keyring.retire": _("destroyed older master keys"),
    "keyring.retire-search": _("destroyed older search keys"),
    "keyring.rotate": _("renewed the master key"),
    "keyring.rotate-search": _("added a search key"),
    "list.confirm": _("confirmed a list"),
    "list.decide": _("decided on a row of a list"),
    "list.purge": _("destroyed what was left of a list"),
    "list.read": _("read a list"),
    "list.see": _("opened a list"),
    "need.record": _("recorded needs"),
    "note.write": _("wrote a note"),
    "person.edit": _("changed a person"),
    "person.find": _("searched for a person"),
    "person.forget": _("forgot the person"),
    "person.forget-again": _("forgot again whom a backup brought back"),
    "person.merge": _("joined two files, or parted them"),
    "person.see": _("opened the page"),
    "plan.write": _("changed the plan"),
    "reception.run": _("received a group"),
    "register.link": _("compared a list with the register"),
    "relationship.state": _("recorded a relationship"),
    "relationship.verify": _("verified a relationship"),
    "settings.edit": _("changed agencies or accounts"),
    "settings.see": _("opened the settings"),
    "task.write": _("set or did a task"),
    "today.see": _("opened the page Today"),
    "tracing.answer": _("answered a relative"),
    "tracing.see": _("opened requests of relatives"),
    "tracing.withdraw": _("withdrew a request of a relative"),
    "viewing.watch": _("looked for unusual viewing"),
    "visit.record": _("planned or recorded a visit"),
}

# Why names were opened, as told to whoever asks about somebody else's step; the codes are those of casework's list, and
# those that a page gives by itself.
PURPOSES: dict[str, str | Promise] = {
    "audit": _("to review who has looked, or the quality of the work"),
    "complaint": _("a complaint, or a correction that the person asked for"),
    "correction": _("to put the file right"),
    "data_protection": _("to watch over how names are used"),
    "duplicate_review": _("to see whether two files are one person"),
    "emergency": _("in an emergency"),
    "family_tracing": _("to answer relatives who look for somebody"),
    "overview": _("to see the families in one's care in a list"),
    "placement_decision": _("to decide where a child will live"),
    "referral": _("a service that the family was referred to"),
    "registration": _("to register somebody who may be known already"),
    "service_delivery": _("to help the person"),
    "supervision": _("to supervise the work"),
}
