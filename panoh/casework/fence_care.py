"""The fence around where children live and around their papers, as text for the database.

Each row stands where its person does, in a class of its own, and follows: as the tables of `fence_places.py` do, which
were there first. What hangs on such a row is seen and changed with it.
"""

from __future__ import annotations

from collections.abc import Mapping

from panoh.access.fence import no_rule, rule
from panoh.access.fields import FieldClass
from panoh.casework.fence import CHANGES, SEES

ASKED = ("is_family",)

Placed = Mapping[str, FieldClass]
Hanging = Mapping[str, str]

PLACEMENTS: Placed = {"casework_placement": FieldClass.CARE, "casework_caredecision": FieldClass.CARE}
OF_PLACEMENTS: Hanging = {
    "casework_placementreview": "exists (select from casework_placement p where p.id = placement_id)",
}

GUARDIANSHIPS: Placed = {"casework_guardianship": FieldClass.LEGAL}

PAPERS: Placed = {"casework_legalfile": FieldClass.LEGAL}
OF_PAPERS: Hanging = {
    table: f"exists (select from casework_legalfile f where f.id = {table}.file_id)"
    for table in ("casework_legalstep", "casework_paperheld", "casework_paperpicture")
}

JOURNEYS: Placed = {
    "casework_hypothesis": FieldClass.IDENTITY,
    "casework_kinshiptest": FieldClass.LEGAL,
    "casework_journey": FieldClass.CARE,
    "casework_handover": FieldClass.CARE,
}

PARTING: Placed = {"casework_familychange": FieldClass.FILE, "casework_whereabouts": FieldClass.LOCATION}


def places(tables: Placed) -> str:
    """Return the columns, indexes and triggers by which rows of a person stand where the person does, and follow."""
    made = []
    for table, kind in tables.items():
        name = table.removeprefix("casework_")
        # What is sealed to nobody is seen by scope, unless the family withholds its class from somebody.
        made.append(f"""
alter table {table} add column place bigint, add column scope int;
create index {name}_by_place on {table} (place);
create index {name}_by_scope on {table} (scope);
create function app.place_{name}() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    parent record;
begin
    select p.place, p.scope into parent from casework_person p where p.id = new.person_id;
    new.place := parent.place - parent.place % 32 + {kind:d};
    new.scope := case when not app.is_withheld(parent.place / 32, {kind:d}) then parent.scope end;
    return new;
end $$;
create trigger a_place before insert or update of person_id on {table}
    for each row execute function app.place_{name}();
create function app.follow_with_{name}() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    update {table} set person_id = person_id where person_id = new.id;
    return null;
end $$;
create trigger c_follow_{name} after update on casework_person for each row
    when (old.place is distinct from new.place or old.scope is distinct from new.scope)
    execute function app.follow_with_{name}();
create function app.replace_{name}() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    update {table} set person_id = person_id
    where person_id in (select id from casework_person where home_id = new.family_id);
    return null;
end $$;
create trigger c_withheld_{name} after insert or update of ended_at on casework_withhold
    for each row execute function app.replace_{name}();
""")
        made.append(rule(table, SEES.format(""), CHANGES.format("")))
    return "".join(made)


def no_places(tables: Placed) -> str:
    """Return the statements that take them away."""
    dropped = []
    for table in tables:
        name = table.removeprefix("casework_")
        dropped.append(
            no_rule(table)
            + f"""
drop trigger a_place on {table};
drop trigger c_follow_{name} on casework_person;
drop trigger c_withheld_{name} on casework_withhold;
drop function app.place_{name}, app.follow_with_{name}, app.replace_{name};
alter table {table} drop column place, drop column scope;
"""
        )
    return "".join(dropped)


def hang(tables: Hanging) -> str:
    """Return the rules of what is seen and changed with the row it hangs on."""
    return "".join(rule(table, condition) for table, condition in tables.items())


def no_hang(tables: Hanging) -> str:
    """Return the statements that take them away."""
    return "".join(map(no_rule, tables))


MAKE_APPROVAL = (
    "alter policy adds on casework_placement with check"
    f" (({CHANGES.format('')}) and state = 1 and proposed_by_id = (select app.uid()));"
    """
-- Nobody puts another's name under an agreement, nor their own under what they proposed; once given, it stays.
create function app.keep_placement() returns trigger language plpgsql as $$
begin
    if new.approved_by_id is distinct from old.approved_by_id and (
        old.approved_by_id is not null or new.approved_by_id is distinct from app.uid()
        or not app.may_any(array['placement.approve', 'placement.approve-institution']))
        or (new.person_id, new.kind, new.with_person_id, new.with_family, new.with_agency_id, new.own_view_id,
            new.not_asked_because, new.proposed_by_id) is distinct from (
            old.person_id, old.kind, old.with_person_id, old.with_family, old.with_agency_id, old.own_view_id,
            old.not_asked_because, old.proposed_by_id) then
        raise exception 'a placement is agreed to by another, as it was proposed'
            using errcode = 'insufficient_privilege';
    end if;
    return new;
end $$;
create trigger b_kept before update on casework_placement for each row execute function app.keep_placement();
-- Whether there is a family of this code, so that a child can be placed with one that somebody else leads.
create function app.is_family(asked varchar) returns boolean
language plpgsql security definer set search_path = app, public, pg_temp as $$
begin
    return app.may_any(array['placement.write', 'guardianship.record', 'journey.write']) and app.spend('is family', 60)
        and exists (select from casework_family f where f.code = asked);
end $$;
"""
)
DROP_APPROVAL = """
drop trigger b_kept on casework_placement;
drop function app.keep_placement, app.is_family;
"""
MAKE_PLACEMENTS = places(PLACEMENTS) + hang(OF_PLACEMENTS) + MAKE_APPROVAL
DROP_PLACEMENTS = DROP_APPROVAL + no_hang(OF_PLACEMENTS) + no_places(PLACEMENTS)
