"""What a file of the plan refuses, each with what to do about it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from panoh.access.refusals import NotNow, NotRight


class PlanNotPublic(NotNow):
    code = "plan.not-public"
    says = _("The plan is not adopted, so nothing of it is published. Adopt it first.")


class FolderTaken(NotNow):
    code = "plan.folder-taken"
    says = _("%(path)s holds something else. Name a folder that is empty, new, or was written by this command.")


class ReporterUnknown(NotRight):
    code = "plan.reporter-unknown"
    says = _(
        "“%(word)s” is no identifier of an organisation in IATI. It begins with the list that it is from, such as"
        " XM-DAC-41122 (org-id.guide has the lists)."
    )


class NotByTheSchema(NotNow):
    code = "plan.not-by-the-schema"
    says = _("The file would not be right by the schema of IATI 2.03, so it is not handed out: %(why)s")
