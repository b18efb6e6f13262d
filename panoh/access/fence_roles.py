"""Who holds which role, as text for the database: it changes by two people, and never into one that checks another.

The account's own columns are written by the function that follows an agreement, and by nothing else of the application.
"""

from __future__ import annotations

from panoh.access.fence import MAKE_APP, no_rule, rule

ME_BY_ROLE_AT_OPENING = "join app.role r on r.code = s.role"
ME_BY_ROLE_NOW = "join app.role r on r.code = app.role_of(s)"
_begin = MAKE_APP.index("create function app.me(")
_ME = MAKE_APP[_begin : MAKE_APP.index("end $$;", _begin) + len("end $$;")].replace("create f", "create or replace f")

MAKE_ROLE_CHANGES = f"""
-- The day where the deployment is; the zone is laid down after each migration.
create function app.today() returns date language sql stable parallel safe as $$ select current_date $$;

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
    if old.state <> 1 or new.state = 1 or new.decided_by_id is distinct from bearer
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
drop function app.today;
"""

SEES = "(select app.uid()) in (staff_id, 0) or (select app.may_any(array['role.see', 'role.propose', 'role.decide']))"
CHANGES = "(select app.uid()) = proposed_by_id or (select app.may('role.decide'))"
FENCE = rule("access_rolechange", SEES, CHANGES)
NO_FENCE = no_rule("access_rolechange")
