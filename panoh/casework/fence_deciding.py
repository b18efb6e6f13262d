"""The fence around plans, decisions and what follows them, as text for the database.

Each row stands at its file, in the class of what it tells; what hangs on one is seen and changed with it. What one asks
for another agrees to, and the database itself says no where somebody agrees to their own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from panoh.access.fence import no_rule, rule
from panoh.casework.fence import CARE, CHANGES, SEES
from panoh.casework.fence_places import triggers

ASKED = ("accept_transfer", "transfer_keys", "transfers_to_me")

# Whose place a table takes, by which column, of which class; None: the row says its class.
Placed = Mapping[str, tuple[str, str, int | None]]

PLANNING: Placed = {
    "casework_assesseddomain": ("casework_assessment", "assessment_id", None),
    "casework_planversion": ("casework_case", "case_id", CARE),
    "casework_planline": ("casework_need", "need_id", None),
}
DECIDING: Placed = {
    "casework_approval": ("casework_case", "case_id", CARE),
    "casework_transfer": ("casework_family", "family_id", CARE),
    "casework_determination": ("casework_case", "case_id", CARE),
    "casework_conference": ("casework_family", "family_id", CARE),
    "casework_conferencepoint": ("casework_conference", "conference_id", None),
}
FOLLOWING: Placed = {
    "casework_lookagain": ("casework_family", "family_id", CARE),
    "casework_fadeout": ("casework_family", "family_id", CARE),
}
_OF = "exists (select from {0} o where o.id = {1})"
ON_PLANS = {"casework_plansignature": _OF.format("casework_planversion", "version_id")}
ON_DECISIONS = {
    "casework_arrangement": _OF.format("casework_determination", "determination_id"),
    "casework_panelmember": _OF.format("casework_determination", "determination_id"),
    "casework_participant": _OF.format("casework_conference", "conference_id"),
}


def _name(table: str) -> str:
    return table.removeprefix("casework_")


def stand(placed: Placed) -> str:
    """Return columns, indexes, triggers and rules by which rows stand at a file, follow it and are kept from some."""
    made = [
        f"alter table {table} add column place bigint, add column scope int;\n"
        f"create index {_name(table)}_by_place on {table} (place);\n"
        f"create index {_name(table)}_by_scope on {table} (scope);\n"
        for table in placed
    ]
    made.append(triggers(placed))
    for table, (parent, column, _kind) in placed.items():
        name, touched = _name(table), f"update {table} set {column} = {column} where {column}"
        made.append(f"""
create function app.follow_with_{name}() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    {touched} = new.id;
    return null;
end $$;
create trigger c_follow_{name} after update on {parent} for each row
    when (old.place is distinct from new.place or old.scope is distinct from new.scope)
    execute function app.follow_with_{name}();
create function app.replace_{name}() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    {touched} in (select id from {parent} where place between new.family_id * 32 and new.family_id * 32 + 31);
    return null;
end $$;
create trigger c_withheld_{name} after insert or update of ended_at on casework_withhold
    for each row execute function app.replace_{name}();
""")
        made.append(rule(table, SEES.format(""), CHANGES.format("")))
    return "".join(made)


def no_stand(placed: Placed) -> str:
    """Return the statements that take them away."""
    dropped = []
    for table, (parent, _column, _kind) in reversed(list(placed.items())):
        name = _name(table)
        dropped.append(
            no_rule(table)
            + f"""
drop trigger a_place on {table};
drop trigger c_follow_{name} on {parent};
drop trigger c_withheld_{name} on casework_withhold;
drop function app.place_{name}, app.follow_with_{name}, app.replace_{name};
alter table {table} drop column place, drop column scope;
"""
        )
    return "".join(dropped)


def hang(tables: Mapping[str, str]) -> str:
    """Return the rules of what is seen and changed with the row it hangs on."""
    return "".join(rule(table, condition) for table, condition in tables.items())


def no_hang(tables: Iterable[str]) -> str:
    """Return the statements that take them away."""
    return "".join(map(no_rule, tables))


# --- plans -------------------------------------------------------------------------------------------------------

MAKE_PLANS = (
    "create index assessment_by_place on casework_assessment (place);\n"
    + stand(PLANNING)
    + hang(ON_PLANS)
    + """
-- A plan is written down only when each urgent need has a step with an owner and a date.
create function app.require_whole_plan() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    if exists (
        select from casework_need n where n.case_id = new.case_id and n.state = 1 and n.urgency = 1 and not exists (
            select from casework_planitem s where s.need_id = n.id and s.outcome = ''
                and s.responsible_id is not null and s.due is not null)) then
        raise exception 'an urgent need has no step with an owner and a date' using errcode = 'check_violation';
    end if;
    return new;
end $$;
create trigger b_whole before insert on casework_planversion
    for each row execute function app.require_whole_plan();
"""
)
DROP_PLANS = (
    "drop trigger b_whole on casework_planversion;\ndrop function app.require_whole_plan;\n"
    + no_hang(ON_PLANS)
    + no_stand(PLANNING)
    + "drop index assessment_by_place;\n"
)

# --- decisions ---------------------------------------------------------------------------------------------------

MAKE_APPROVALS = """
alter policy adds on casework_approval with check (({changes}) and state = 1 and asked_by_id = (select app.uid()));
-- What was asked stays as it was asked, and is answered once; nobody puts another's name under an answer.
create function app.keep_approval() returns trigger language plpgsql as $$
begin
    if (new.code, new.case_id, new.step, new.to_stage, new.reason, new.circumstance, new.words_id, new.asked_by_id)
        is distinct from
        (old.code, old.case_id, old.step, old.to_stage, old.reason, old.circumstance, old.words_id, old.asked_by_id)
        or new.state <> old.state and old.state <> 1
        or new.decided_by_id is distinct from old.decided_by_id and new.decided_by_id is distinct from app.uid() then
        raise exception 'what was asked stays, and is answered once' using errcode = 'insufficient_privilege';
    end if;
    return new;
end $$;
create trigger b_kept before update on casework_approval for each row execute function app.keep_approval();
"""
DROP_APPROVALS = "drop trigger b_kept on casework_approval;\ndrop function app.keep_approval;\n"

# Who takes a family over reads the hand-over before the file is theirs; whoever gave it keeps the file until then.
MAKE_TRANSFERS = """
create function app.transfers_to_me() returns bigint[]
language plpgsql stable parallel safe security definer set search_path = app, public, pg_temp as $$
begin
    return array(
        select t.id from casework_transfer t cross join app.me() m
        where t.state in (2, 3, 4) and 'transfer.answer' = any((m.role).permissions)
            and (t.to_worker_id = m.staff or t.to_worker_id is null and t.to_agency_id = m.agency));
end $$;
create function app.transfer_keys() returns uuid[]
language plpgsql stable parallel safe security definer set search_path = app, public, pg_temp as $$
declare
    mine bigint[] := app.transfers_to_me();
    places bigint[] := app.my_places(false);
    scopes int[] := app.my_scopes(false);
    bearer int := app.uid();
begin
    return array(select t.key_id from casework_transfer t
        where t.id = any(mine) or t.asked_by_id = bearer or t.place = any(places) or t.scope = any(scopes));
end $$;
-- Both the file and the answer, or neither; the new lead worker is whom the giver named, else who takes it.
create function app.accept_transfer(asked bigint) returns void
language plpgsql security definer set search_path = app, public, pg_temp as $$
declare
    given casework_transfer;
    bearer int := app.uid();
begin
    select * into given from casework_transfer where id = asked for update;
    if given.id is null or given.state <> 2 or given.asked_by_id = bearer
        or not given.id = any(app.transfers_to_me())
        or given.consent_id is not null and not exists (
            select from casework_consent c where c.id = given.consent_id and c.state = 1 and c.until >= app.today())
        or exists (select from casework_withhold w where w.family_id = given.family_id and w.ended_at is null
                   and 0 = any(w.classes) and (w.staff_id = bearer or w.agency_id = given.to_agency_id)) then
        raise exception 'this family is not offered to the bearer' using errcode = 'insufficient_privilege';
    end if;
    update casework_family set agency_id = given.to_agency_id, worker_id = bearer where id = given.family_id;
    update casework_transfer set state = 3, answered_by_id = bearer, answered_on = app.today() where id = asked;
end $$;
create function app.keep_transfer() returns trigger language plpgsql as $$
begin
    if (new.code, new.family_id, new.from_agency_id, new.from_worker_id, new.to_agency_id, new.to_worker_id,
        new.reason, new.consent_id, new.legal_basis, new.because_id, new.key_id, new.words_id, new.asked_by_id)
        is distinct from
        (old.code, old.family_id, old.from_agency_id, old.from_worker_id, old.to_agency_id, old.to_worker_id,
        old.reason, old.consent_id, old.legal_basis, old.because_id, old.key_id, old.words_id, old.asked_by_id)
        or new.state <> old.state and (old.state not in (1, 2) or new.state = 3 and current_user = session_user)
        or new.agreed_by_id is distinct from old.agreed_by_id and (
            new.agreed_by_id is distinct from app.uid() or not app.may('transfer.approve'))
        or new.answered_by_id is distinct from old.answered_by_id and new.answered_by_id is distinct from app.uid() then
        raise exception 'a family goes over as it was offered, to who takes it'
            using errcode = 'insufficient_privilege';
    end if;
    return new;
end $$;
create trigger b_kept before update on casework_transfer for each row execute function app.keep_transfer();

alter policy sees on casework_transfer using (
    {sees} or asked_by_id = (select app.uid()) or id = any((select app.transfers_to_me())::bigint[]));
alter policy adds on casework_transfer with check (
    ({changes}) and asked_by_id = (select app.uid()) and state in (1, 2) and agreed_by_id is null);
alter policy changes on casework_transfer
    using ({changes} or id = any((select app.transfers_to_me())::bigint[]))
    with check ({changes} or id = any((select app.transfers_to_me())::bigint[]));
create policy of_transfers on vault_datakey for select
    using (holder = 4 and id = any((select app.transfer_keys())::uuid[]));
create policy of_transfers on vault_sealedpart for select
    using ("group" = 20 and key_id = any((select app.transfer_keys())::uuid[]));
create policy of_transfers_adds on vault_sealedpart for insert
    with check ("group" = 20 and key_id = any((select app.transfer_keys())::uuid[]));
"""
DROP_TRANSFERS = """
drop policy of_transfers on vault_datakey;
drop policy of_transfers on vault_sealedpart;
drop policy of_transfers_adds on vault_sealedpart;
drop trigger b_kept on casework_transfer;
"""
DROP_TRANSFER_FUNCTIONS = """
drop function app.keep_transfer, app.accept_transfer, app.transfer_keys, app.transfers_to_me;
"""

# A panel decides, and nobody on it who prepared the matter, leads the family or is too close to it.
MAKE_PANELS = """
create function app.keep_panel() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    if tg_op = 'INSERT' and exists (
        select from casework_determination d join casework_case c on c.id = d.case_id
            join casework_family f on f.id = c.family_id
        where d.id = new.determination_id and new.staff_id in (d.prepared_by_id, coalesce(f.worker_id, 0)))
        or tg_op = 'UPDATE' and (new.staff_id, new.determination_id) is distinct from
            (old.staff_id, old.determination_id)
        or tg_op = 'UPDATE' and new.is_close is not null and new.staff_id is distinct from app.uid() then
        raise exception 'a panel sits apart, and each of it answers alone' using errcode = 'insufficient_privilege';
    end if;
    return new;
end $$;
create trigger b_apart before insert or update on casework_panelmember
    for each row execute function app.keep_panel();
create function app.keep_determination() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    sat record;
begin
    if (new.code, new.case_id, new.kind, new.sought, new.prepared_by_id) is distinct from
        (old.code, old.case_id, old.kind, old.sought, old.prepared_by_id)
        or old.state = 6 and new.state <> 6 or old.state = 3 and new.state not in (3, 5)
        or old.decision in (1, 2) and (new.decision, new.chosen_id, new.decided_by_id, new.reasons_id) is distinct from
            (old.decision, old.chosen_id, old.decided_by_id, old.reasons_id) then
        raise exception 'what was decided stays' using errcode = 'insufficient_privilege';
    end if;
    if new.kind = 2 and new.decided_by_id is not null
        and (old.state, old.decided_on) is distinct from (new.state, new.decided_on) and new.state in (3, 4)
        and old.state = 2 then
        select count(*) filter (where m.is_close is null) as silent, count(*) filter (where not m.is_close) as able,
            count(*) filter (where not m.is_close and m.staff_id = new.decided_by_id) as chair
            into sat from casework_panelmember m where m.determination_id = new.id;
        if sat.silent > 0 or sat.able < 2 or sat.chair = 0 then
            raise exception 'a panel of two or more decides, once each has answered' using errcode = 'check_violation';
        end if;
    end if;
    return new;
end $$;
create trigger b_kept before update on casework_determination
    for each row execute function app.keep_determination();
"""
DROP_PANELS = """
drop trigger b_apart on casework_panelmember;
drop trigger b_kept on casework_determination;
drop function app.keep_panel, app.keep_determination;
"""

# What a conference said stays once it was held; told from a row that only follows its file by whose rights run.
MAKE_CONFERENCES = """
create function app.keep_conference() returns trigger language plpgsql as $$
begin
    if current_user = session_user
        and not exists (select from casework_conference c where c.id = new.conference_id and c.state = 1) then
        raise exception 'the conference is over' using errcode = 'insufficient_privilege';
    end if;
    return new;
end $$;
create trigger b_open before insert or update on casework_conferencepoint
    for each row execute function app.keep_conference();
create trigger b_open before insert or update on casework_participant
    for each row execute function app.keep_conference();
"""
DROP_CONFERENCES = """
drop trigger b_open on casework_conferencepoint;
drop trigger b_open on casework_participant;
drop function app.keep_conference;
"""
_MADE = "".join((MAKE_APPROVALS, MAKE_TRANSFERS, MAKE_PANELS, MAKE_CONFERENCES))
_SHAPE = (("{sees}", SEES.format("")), ("{changes}", CHANGES.format("")))
for _word, _condition in _SHAPE:
    _MADE = _MADE.replace(_word, _condition)
MAKE_DECISIONS = stand(DECIDING) + hang(ON_DECISIONS) + _MADE
DROP_DECISIONS = (
    DROP_CONFERENCES
    + DROP_PANELS
    + DROP_TRANSFERS
    + DROP_APPROVALS
    + no_hang(ON_DECISIONS)
    + no_stand(DECIDING)
    + DROP_TRANSFER_FUNCTIONS
)

MAKE_FOLLOW_UP = stand(FOLLOWING)
DROP_FOLLOW_UP = no_stand(FOLLOWING)
