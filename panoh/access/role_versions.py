"""Versions of what all roles may do: how one differs from the one before, and how two people put it in force."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from panoh.access import audit
from panoh.access.checkpoints import sign
from panoh.access.entrances import Actor, action
from panoh.access.fields import FieldClass
from panoh.access.models import RoleVersion, Staff
from panoh.access.refusals import NotNow, NotThere
from panoh.access.roles import Role, Roles, is_given, offered, read_content, role_label, roles
from panoh.access.roles_in_force import SignedRoles, is_ours
from panoh.access.steps import WORDS
from panoh.access.tokens import acting_for, tell_anew

__all__ = [
    "Difference", "adopt_alone", "agree_to_version", "difference", "has_our_signature", "in_force", "in_words",
    "propose_version", "refuse_version", "roles_in_words", "sign_ours", "version_numbered", "versions",
    "waiting_version",
]  # fmt: skip

SCOPES = {
    "none": gettext_lazy("no file without a grant"),
    "own": gettext_lazy("the files it leads"),
    "agency": gettext_lazy("the files of its agency"),
    "region": gettext_lazy("the files of the agencies in its region"),
    "all": gettext_lazy("all files"),
}


class VersionElsewhere(NotNow):
    code = "access.version-elsewhere"
    says = gettext_lazy(
        "This version of the roles is decided on already, or nobody has proposed it. Load the page anew."
    )


class VersionByTwo(NotNow):
    code = "access.version-by-two"
    says = gettext_lazy("Whoever proposed a version of the roles does not agree to it as well. Ask another colleague.")


class RoleHeld(NotNow):
    code = "access.role-held"
    says = gettext_lazy(
        "Accounts have roles that this version does not know: %(roles)s. Give them others, or end them, first."
    )


class NothingWaits(NotNow):
    code = "access.no-version-waits"
    says = gettext_lazy("The roles in force are those of this program: no version waits.")


class OthersAdopt(NotNow):
    code = "access.others-adopt"
    says = gettext_lazy(
        "Two colleagues can do this on the page Roles: %(names)s. The command is for when there are no two."
    )


@dataclass(frozen=True)
class RoleInWords:
    """One role as people read it."""

    label: str
    reach: str
    classes: list[str]
    steps: list[str]
    only_looks: bool


@dataclass(frozen=True)
class Difference:
    """How one role of a version differs from the version before."""

    label: str
    is_new: bool
    is_gone: bool
    more: list[str]
    less: list[str]


# --- reading -----------------------------------------------------------------------------------------------------


def versions() -> list[RoleVersion]:
    """Return every version, the newest first."""
    return list(RoleVersion.objects.select_related("proposed_by", "agreed_by"))


def waiting_version() -> RoleVersion | None:
    """Return the version of this program that is not in force yet."""
    return RoleVersion.objects.filter(adopted_at=None).select_related("proposed_by").first()


def version_numbered(number: int) -> RoleVersion:
    """Return one version.

    Raises:
        NotThere.
    """
    found = RoleVersion.objects.filter(number=number).select_related("proposed_by", "agreed_by").first()
    if found is None:
        raise NotThere
    return found


def difference(version: RoleVersion) -> list[Difference]:
    """Return role by role what a version adds and takes away, compared with the one that was in force before it."""
    earlier = RoleVersion.objects.filter(number__lt=version.number, adopted_at__isnull=False).first()
    before = read_content(earlier.content) if earlier else Roles({}, ())
    after = read_content(version.content)
    every = {code: role for code, role in {**before.by_code, **after.by_code}.items() if role.signs_in}
    found = [_differs(code, before, after) for code in every]
    return [one for one in found if one.is_new or one.is_gone or one.more or one.less]


def in_words(role: Role) -> RoleInWords:
    """Return what a role sees and does, as people read it."""
    return RoleInWords(
        label=role.label,
        reach=str(SCOPES[role.scope]),
        classes=[str(FieldClass(one).label) for one in sorted(role.classes)],
        steps=sorted(_step(one) for one in role.permissions),
        only_looks=not role.changes,
    )


def roles_in_words() -> list[RoleInWords]:
    """Return the roles in force that a member of staff can have."""
    return [in_words(role) for role in roles().values() if is_given(role.code)]


def in_force() -> RoleVersion | None:
    """Return the newest version that was adopted; none only before the first migration."""
    return RoleVersion.objects.exclude(adopted_at=None).first()


def has_our_signature(version: RoleVersion) -> bool:
    """Tell whether our own key signed a version as it stands."""
    return is_ours(SignedRoles(version.number, version.content, version.signature))


def _differs(code: str, before: Roles, after: Roles) -> Difference:
    was, will = before.by_code.get(code), after.by_code.get(code)
    old, new = _told(was, before), _told(will, after)
    known = will or was
    return Difference(known.label if known else code, was is None, will is None, sorted(new - old), sorted(old - new))


def _told(role: Role | None, listed: Roles) -> set[str]:
    """Return everything a role may, each as one sentence, so that two roles are compared sentence by sentence."""
    if role is None:
        return set()
    told = {_step(one) for one in role.permissions} | {_("sees: %(what)s") % {"what": SCOPES[role.scope]}}
    told |= {_("reads: %(what)s") % {"what": FieldClass(one).label} for one in role.classes}
    told |= set() if role.changes else {_("only looks")}
    apart = (other for pair in listed.apart if pair.role == role.code for other in pair.others)
    return told | {_("not together with: %(what)s") % {"what": listed.by_code[one].label} for one in apart}


def _step(permission: str) -> str:
    return str(WORDS.get(permission, permission))


# --- adopting ----------------------------------------------------------------------------------------------------


@action("role.propose")
def propose_version(actor: Actor, version: RoleVersion) -> RoleVersion:
    """Propose that a version comes into force.

    Raises:
        VersionElsewhere: it is proposed or in force already.
    """
    _change(version, {"proposed_by": None, "adopted_at": None}, proposed_by_id=actor.me, proposed_at=timezone.now())
    audit.write(actor, "role.version-proposed", about=version.code)
    return version


@action("role.decide")
def agree_to_version(actor: Actor, version: RoleVersion) -> RoleVersion:
    """Agree to a version that a colleague proposed: it is signed, and in force at the next click of everybody.

    Raises:
        VersionElsewhere, VersionByTwo.
        RoleHeld: somebody has a role that would be no more.
    """
    if version.proposed_by_id == actor.me:
        raise VersionByTwo
    if version.proposed_by_id is None:
        raise VersionElsewhere
    _adopt(version, agreed_by_id=actor.me)
    audit.write(actor, "role.version-adopted", about=version.code)
    return version


@action("role.see")
def refuse_version(actor: Actor, version: RoleVersion) -> RoleVersion:
    """Refuse a version that was proposed, or withdraw it; the roles in force stay.

    Raises:
        VersionElsewhere: nobody proposed it, or it is in force, or neither is the actor's to do.
    """
    if version.proposed_by_id is None or not (version.proposed_by_id == actor.me or actor.may("role.decide")):
        raise VersionElsewhere
    _change(version, {"adopted_at": None}, proposed_by_id=None, proposed_at=None)
    audit.write(actor, "role.version-refused", about=version.code)
    return version


def adopt_alone() -> RoleVersion:
    """Adopt the waiting version as the operator of the machine, where there are no two colleagues who could.

    Raises:
        NothingWaits.
        OthersAdopt: there are two of them.
    """
    version = waiting_version()
    if version is None:
        raise NothingWaits
    able = [(one, Actor.of(one)) for one in Staff.objects.filter(is_active=True)]
    proposing = {one for one, actor in able if actor.may("role.propose")}
    deciding = {one for one, actor in able if actor.may("role.decide")}
    if proposing and deciding and len(proposing | deciding) > 1:
        raise OthersAdopt(names=", ".join(sorted(one.display_name for one in proposing | deciding)))
    operator = Actor.operator()
    with acting_for(None):
        _adopt(version)
        audit.write(operator, "role.version-adopted", about=version.code)
    return version


def sign_ours() -> None:
    """Sign the version in force if it is this program's: after the first start, and after the key was renewed."""
    newest = in_force()
    if newest and newest.digest == offered().digest and not has_our_signature(newest):
        RoleVersion.objects.filter(pk=newest.pk).update(signature=_signature(newest))


def _adopt(version: RoleVersion, **by: int) -> None:
    staff = Staff.objects.filter(is_active=True)
    held = {code for pair in staff.values_list("role", "changed_role") for code in pair if code}
    if gone := held - read_content(version.content).by_code.keys():
        raise RoleHeld(roles=", ".join(sorted(map(role_label, gone))))
    expected = {"adopted_at": None, "proposed_by": version.proposed_by_id}
    _change(version, expected, **by, adopted_at=timezone.now(), signature=_signature(version))
    tell_anew()


def _change(version: RoleVersion, expected: Mapping[str, object], **to: object) -> None:
    if not RoleVersion.objects.filter(pk=version.pk, **expected).update(**to):
        raise VersionElsewhere


def _signature(version: RoleVersion) -> str:
    return sign(SignedRoles(version.number, version.content, "").content)
