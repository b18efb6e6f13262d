"""Who holds which role, as text for the database: it changes by two people, and never into one that checks another.

The account's own columns are written by the function that follows an agreement, and by nothing else of the application.
"""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from panoh.access.fence import MAKE_APP, no_rule, rule
from panoh.access.roles import Roles, offered

ME_BY_ROLE_AT_OPENING = "join app.role r on r.code = s.role"
ME_BY_ROLE_NOW = "join app.role r on r.code = app.role_of(s)"
_begin = MAKE_APP.index("create function app.me(")
_ME = MAKE_APP[_begin : MAKE_APP.index("end $$;", _begin) + len("end $$;")].replace("create f", "create or replace f")

MAKE_ROLE_CHANGES = f"""
-- The role in force today: what it was changed to, or the one from before and after that.
create function app.role_of(who access_staff) returns text
language sql stable parallel safe as $$
    select case when who.changed_from <= app.today() and coalesce(who.changed_until, app.today()) >= app.today()
        then who.changed_role else who.role end
$$;
{_ME.replace(ME_BY_ROLE_AT_OPENING, ME_BY_ROLE_NOW)}

-- Roles that check each other, each pair in both orders.
create table app.apart (one text not null, other text not null, primary key (one, other));

-- Nobody is given a role that checks one they held, nor holds the two of them in two accounts.
create function app.refuse_apart(who access_staff, asked text) returns void
language plpgsql stable security definer set search_path = app, public, pg_temp as $$
begin
    if exists (
        select from app.apart a where a.one = asked and (
            a.other = who.role
            or exists (
                select from access_rolechange c where c.staff_id = who.id and c.state = 2 and c.to_role = a.other)
            or who.email <> '' and exists (
                select from access_staff o where o.id <> who.id and o.is_active and lower(o.email) = lower(who.email)
                    and a.other in (o.role, app.role_of(o), o.changed_role)))
    ) then
        raise exception 'these roles check each other' using errcode = 'insufficient_privilege';
    end if;
end $$;

-- An account is opened by whoever works with accounts; its role and agency stay, but for what two people agree to.
create function app.keep_account() returns trigger
language plpgsql as $$
begin
    if current_user = (select pg_get_userbyid(relowner) from pg_class where oid = tg_relid) then
        return new;
    end if;
    if tg_op = 'INSERT' then
        if not (app.may('settings.edit') or app.uid() is not distinct from 0) or new.changed_role <> ''
            or new.changed_from is not null or new.changed_until is not null then
            raise exception 'this role opens no account' using errcode = 'insufficient_privilege';
        end if;
    elsif (new.role, new.agency_id, new.changed_role, new.changed_from, new.changed_until) is distinct from
          (old.role, old.agency_id, old.changed_role, old.changed_from, old.changed_until) then
        raise exception 'a role changes by two people' using errcode = 'insufficient_privilege';
    elsif new.is_active and not old.is_active then
        raise exception 'an account that was ended stays so' using errcode = 'insufficient_privilege';
    end if;
    return new;
end $$;
create trigger a_role_stays before insert or update on access_staff
    for each row execute function app.keep_account();

create function app.keep_accounts_apart() returns trigger
language plpgsql security definer set search_path = app, public, pg_temp as $$
begin
    perform app.refuse_apart(new, app.role_of(new));
    return new;
end $$;
create trigger b_roles_apart before insert or update of email, role, is_active on access_staff
    for each row when (new.is_active and new.email <> '') execute function app.keep_accounts_apart();

create function app.keep_role_change() returns trigger
language plpgsql security definer set search_path = app, public, pg_temp as $$
declare
    bearer int := app.uid();
    who access_staff;
begin
    select s.* into who from access_staff s where s.id = new.staff_id for update;
    if new.state in (1, 2) and (not who.is_active or new.from_role <> app.role_of(who)
        or not exists (select from app.role r where r.code = new.to_role and r.code <> 'operator')) then
        raise exception 'this account has another role, or none' using errcode = 'insufficient_privilege';
    end if;
    if tg_op = 'INSERT' then
        if new.state <> 1 or new.proposed_by_id is distinct from bearer or not app.may('role.propose') then
            raise exception 'this role proposes none' using errcode = 'insufficient_privilege';
        end if;
        perform app.refuse_apart(who, new.to_role);
        return new;
    end if;
    if bearer is null or old.state <> 1 or new.state = 1 or new.decided_by_id is distinct from bearer
        or (new.staff_id, new.from_role, new.to_role, new.because, new.starts_on, new.ends_on, new.proposed_by_id,
            new.proposed_at) is distinct from
           (old.staff_id, old.from_role, old.to_role, old.because, old.starts_on, old.ends_on, old.proposed_by_id,
            old.proposed_at)
        or new.state = 4 and bearer <> old.proposed_by_id
        or new.state in (2, 3)
            and (bearer in (old.proposed_by_id, old.staff_id) or not app.may('role.decide')) then
        raise exception 'what was proposed is decided once, by another' using errcode = 'insufficient_privilege';
    end if;
    if new.state = 2 then
        perform app.refuse_apart(who, new.to_role);
        if who.changed_from > app.today() then
            raise exception 'another change is agreed already' using errcode = 'insufficient_privilege';
        end if;
        update access_staff set
            -- What was changed for good is what comes back when the new one ends.
            role = case when changed_from is not null and changed_until is null then changed_role else role end,
            changed_role = new.to_role, changed_from = new.starts_on, changed_until = new.ends_on
        where id = who.id;
        update access_worksession set ended_at = clock_timestamp()
        where staff_id = who.id and ended_at is null and new.starts_on <= app.today();
    end if;
    return new;
end $$;
create trigger a_two_people before insert or update on access_rolechange
    for each row execute function app.keep_role_change();
"""

DROP_ROLE_CHANGES = f"""
drop trigger a_two_people on access_rolechange;
drop function app.keep_role_change;
drop trigger b_roles_apart on access_staff;
drop function app.keep_accounts_apart;
drop trigger a_role_stays on access_staff;
drop function app.keep_account;
drop function app.refuse_apart;
drop table app.apart;
{_ME}
drop function app.role_of;
"""

SEES = "(select app.uid()) in (staff_id, 0) or (select app.may_any(array['role.see', 'role.propose', 'role.decide']))"
CHANGES = "(select app.uid()) = proposed_by_id or (select app.may('role.decide'))"
FENCE = rule("access_rolechange", SEES, CHANGES)
NO_FENCE = no_rule("access_rolechange")

MAKE_VERSIONS = """
-- The roles of a version, to where the rules look for them; the operator's comes with the program.
create function app.lay_down_roles(content jsonb) returns void
language sql security definer set search_path = app, public, pg_temp as $$
    delete from app.role where code <> 'operator';
    insert into app.role
        select r->>'code', array_position(array['none', 'own', 'agency', 'region', 'all'], r->>'scope') - 1,
            (r->>'changes')::boolean, array(select jsonb_array_elements_text(r->'permissions')),
            array(select one::smallint from jsonb_array_elements_text(r->'classes') one)
        from jsonb_array_elements(content->'roles') r;
    delete from app.apart;
    insert into app.apart
        select pair.* from jsonb_array_elements(content->'apart') a
            cross join jsonb_array_elements_text(a->'others') other
            cross join lateral (values (a->>'role', other), (other, a->>'role')) pair
        on conflict do nothing;
$$;

create function app.roles_in_force() returns varchar
language sql stable parallel safe as $$
    select v.digest from public.access_roleversion v where v.adopted_at is not null order by v.number desc limit 1
$$;

create function app.keep_role_version() returns trigger
language plpgsql security definer set search_path = app, public, pg_temp as $$
declare
    bearer int := app.uid();
    is_adopted boolean := old.adopted_at is null and new.adopted_at is not null;
begin
    if bearer is null then
        raise exception 'whoever adopts a version bears a token' using errcode = 'insufficient_privilege';
    elsif old.adopted_at is not null then
        -- Signed by the machine: the first, which no two people could adopt, and all once the key is renewed.
        if bearer <> 0
            or (new.proposed_by_id, new.proposed_at, new.agreed_by_id, new.adopted_at) is distinct from
               (old.proposed_by_id, old.proposed_at, old.agreed_by_id, old.adopted_at) then
            raise exception 'a version that was adopted stays' using errcode = 'insufficient_privilege';
        end if;
    elsif not is_adopted then
        if new.signature <> '' or new.agreed_by_id is not null
            or new.proposed_by_id is not null
                and not (old.proposed_by_id is null and new.proposed_by_id = bearer and app.may('role.propose'))
            or new.proposed_by_id is null and not (bearer = old.proposed_by_id or app.may('role.decide')) then
            raise exception 'this role proposes no version' using errcode = 'insufficient_privilege';
        end if;
    elsif new.signature = '' or new.proposed_by_id is distinct from old.proposed_by_id
        or not (bearer = 0 and new.agreed_by_id is null
            or new.agreed_by_id is not distinct from bearer and app.may('role.decide')
                and coalesce(old.proposed_by_id <> bearer, false)) then
        raise exception 'a version is adopted by two people' using errcode = 'insufficient_privilege';
    end if;
    if is_adopted then
        perform app.lay_down_roles(new.content::jsonb);
    end if;
    return new;
end $$;
create trigger a_two_people before update on access_roleversion
    for each row execute function app.keep_role_version();
"""
DROP_VERSIONS = """
drop trigger a_two_people on access_roleversion;
drop function app.keep_role_version;
drop function app.roles_in_force;
drop function app.lay_down_roles;
"""

NEWEST = "select digest, content from access_roleversion where adopted_at is not null order by number desc limit 1"


def lay_down(cursor: Any, listed: Roles | None = None) -> None:
    """Keep the roles of this program as a version, as the owner, and lay down those in force.

    The first version is in force at once, for there is nobody yet who could adopt it; others wait for two people.
    """
    ours = listed or offered()
    cursor.execute(NEWEST)
    newest = cursor.fetchone()
    waiting = ours.digest if newest and newest[0] != ours.digest else ""
    cursor.execute("delete from access_roleversion where adopted_at is null and digest <> %s", [waiting])
    if newest is None or waiting:
        cursor.execute(
            "insert into access_roleversion (number, content, digest, adopted_at, signature)"
            " select coalesce(max(number), 0) + 1, %s, %s, %s, '' from access_roleversion"
            " having not exists (select from access_roleversion where adopted_at is null)",
            [ours.content, ours.digest, None if newest else timezone.now()],
        )
    cursor.execute("select app.lay_down_roles(%s::jsonb)", [newest[1] if newest else ours.content])
