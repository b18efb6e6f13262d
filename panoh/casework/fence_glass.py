"""Opening a file in an emergency, and its review, as text for the database: four hours, three a day, never withheld.

The file is hidden from whoever opens it so, and no row can be added to it under the fence: a function of the owner's
looks past it, checks what must hold, and writes the grant and the record of it together, or neither.
"""

from __future__ import annotations

from panoh.access.fence import no_rule, rule
from panoh.casework.fence import GRANTED_FILES, MY_PLACES

HOLDS = "g.until >= app.today()"
HOLDS_BY_THE_HOUR = f"{HOLDS} and (g.expires_at is null or g.expires_at > clock_timestamp())"
PLACES_BY_THE_HOUR = (MY_PLACES + GRANTED_FILES).replace(HOLDS, HOLDS_BY_THE_HOUR)
PLACES_BY_THE_DAY = MY_PLACES + GRANTED_FILES

NOT_THERE, OPENED, SPENT, YOURS_ALREADY = range(4)
MOST_A_DAY = 3
ASKED = ("break_glass", "urgent_keys", "watches_all")

# A sealed value is its text, two quotation marks, and 29 bytes around them. Source: panoh/vault/sealing.py.
SHORTEST_REASON = 20 + 2 + 29

# No budget of the vault holds an emergency back.
MAKE_URGENT = """
create function app.urgent_keys(asked uuid[]) returns uuid[]
language sql stable security definer set search_path = app, public, pg_temp as $$
    select coalesce(array_agg(distinct k.id), '{}') from vault_datakey k join casework_grant g on g.family_id = k.file
    where k.id = any(asked) and g.staff_id = app.uid() and g.ended_at is null and g.expires_at > clock_timestamp()
$$;
"""
DROP_URGENT = "drop function app.urgent_keys;"

MAKE_GLASS = f"""
-- What is kept sealed about an emergency goes to the file it is about, once it is the bearer's own and new.
create function app.give_to_file(words uuid, shortest int, there casework_family) returns boolean
language plpgsql security definer set search_path = app, public, pg_temp as $$
begin
    update vault_datakey k set file = there.id, scope = there.scope, withheld = app.withheld_of(there.id)
    where k.maker = app.uid() and k.file is null and not k.at_desk and k.wrapped <> '' and exists (
        select from vault_sealedpart p where p.key_id = k.id and p.id = words and length(p.sealed) >= shortest
    );
    return found;
end $$;

-- Open the file of a family's or a person's code in an emergency. words: the reason, sealed under a key of its own.
create function app.break_glass(code_asked varchar, why varchar, words uuid, for_grant varchar, for_it varchar)
returns table (outcome int, family_id bigint)
language plpgsql security definer set search_path = app, public, pg_temp as $$
declare
    me record;
    there casework_family;
    opened smallint[];
    until_hour timestamptz := clock_timestamp() + interval '4 hours';
    grant_made bigint;
begin
    select * into me from app.me();
    if not found or me.staff = 0 or not 'glass.break' = any((me.role).permissions) then
        raise exception 'this role opens no file in an emergency' using errcode = 'insufficient_privilege';
    end if;
    -- Asked before anything is looked for, so that what is spent tells nothing of what is there.
    if (select s.times from app.spent s where s.staff = me.staff and s.day = app.today() and s.what = 'emergency')
        >= {MOST_A_DAY} then
        return query select {SPENT}, null::bigint;
        return;
    end if;
    select f.* into there from casework_family f
        where f.code = code_asked or f.id = (select p.home_id from casework_person p where p.code = code_asked
            and not exists (select from casework_forgetting g where g.person_id = p.id));
    if not found
        or not exists (
            select from casework_person p where p.home_id = there.id
                and not exists (select from casework_forgetting g where g.person_id = p.id))
        or exists (
            select from casework_withhold w where w.family_id = there.id and w.ended_at is null
                and (w.staff_id = me.staff or w.agency_id = me.agency)) then
        return query select {NOT_THERE}, null::bigint;
        return;
    end if;
    opened := array(select kind from unnest((me.role).classes) kind where kind < 16 order by kind);
    if not exists (
        select from unnest(opened) kind where not there.id * 32 + kind = any(app.my_places(true))
            and (there.scope is null or not there.scope = any(app.my_scopes(true)))) then
        return query select {YOURS_ALREADY}, there.id;
        return;
    end if;
    if not app.give_to_file(words, {SHORTEST_REASON}, there) then
        raise exception 'an emergency has a reason of its own' using errcode = 'check_violation';
    end if;
    perform app.spend('emergency', {MOST_A_DAY});
    insert into casework_grant
        (code, family_id, staff_id, purpose, classes, changes, until, given_by_id, given_at, expires_at)
        values (for_grant, there.id, me.staff, 'emergency', opened, true, until_hour::date, me.staff,
            until_hour - interval '4 hours', until_hour) returning id into grant_made;
    insert into casework_emergency
        (code, family_id, about, lead, grant_id, staff_id, kind, reason_id, at, expires_at)
        values (for_it, there.id, there.code, there.agency_id * 4 + there.sensitivity, grant_made, me.staff, why, words,
            until_hour - interval '4 hours', until_hour);
    return query select {OPENED}, there.id;
end $$;

-- Whether the bearer watches over all emergencies without a file of their own.
create function app.watches_all() returns boolean
language sql stable parallel safe security definer set search_path = app, public, pg_temp as $$
    select exists (select from app.me() m where 'glass.review' = any((m.role).permissions) and (m.role).reach = 0)
$$;

-- A grant by an emergency comes from its function alone, and nothing but its end is ever changed.
create function app.keep_emergency_grant() returns trigger
language plpgsql as $$
begin
    if tg_op = 'INSERT' then
        if current_user <> (select pg_get_userbyid(relowner) from pg_class where oid = tg_relid) then
            raise exception 'only an emergency opens a file by the hour' using errcode = 'insufficient_privilege';
        end if;
    elsif (new.code, new.family_id, new.staff_id, new.agency_id, new.purpose, new.classes, new.changes, new.until,
           new.given_by_id, new.given_at, new.expires_at) is distinct from
          (old.code, old.family_id, old.staff_id, old.agency_id, old.purpose, old.classes, old.changes, old.until,
           old.given_by_id, old.given_at, old.expires_at)
        or (old.ended_at is not null and new.ended_at is distinct from old.ended_at) then
        raise exception 'what an emergency opened is only ever ended' using errcode = 'insufficient_privilege';
    end if;
    return new;
end $$;
create trigger emergencies_are_made before insert on casework_grant for each row
    when (new.expires_at is not null) execute function app.keep_emergency_grant();
create trigger emergencies_stay before update on casework_grant for each row
    when (old.expires_at is not null or new.expires_at is not null) execute function app.keep_emergency_grant();

-- A review says a finding once, and changes nothing of what happened; its note goes to the file.
create function app.keep_emergency() returns trigger
language plpgsql security definer set search_path = app, public, pg_temp as $$
declare
    there casework_family;
begin
    if old.reviewed_at is not null
        or (new.code, new.family_id, new.about, new.lead, new.grant_id, new.staff_id, new.kind, new.reason_id, new.at,
            new.expires_at) is distinct from
           (old.code, old.family_id, old.about, old.lead, old.grant_id, old.staff_id, old.kind, old.reason_id, old.at,
            old.expires_at)
        or new.reviewed_by_id is distinct from app.uid() then
        raise exception 'an emergency is reviewed once, by who says so' using errcode = 'insufficient_privilege';
    end if;
    if new.note_id is not null then
        select f.* into there from casework_family f where f.id = old.family_id;
        if not app.give_to_file(new.note_id, 0, there) then
            raise exception 'a note is its writer''s own' using errcode = 'insufficient_privilege';
        end if;
    end if;
    return new;
end $$;
create trigger emergencies_stay before update on casework_emergency for each row execute function app.keep_emergency();
"""

DROP_GLASS = """
drop trigger emergencies_stay on casework_emergency;
drop trigger emergencies_stay on casework_grant;
drop trigger emergencies_are_made on casework_grant;
drop function app.keep_emergency;
drop function app.keep_emergency_grant;
drop function app.watches_all;
drop function app.break_glass;
drop function app.give_to_file;
"""

LEADS = "lead = any((select app.my_scopes({0}))::int[]) or (select app.watches_all())"
SEES = (
    f"(select app.uid()) in (staff_id, 0) or ((select app.may('glass.review')) and ({LEADS.format('false')} or exists ("
    "select from access_staff s where s.id = staff_id"
    " and s.agency_id * 4 = any((select app.my_scopes(false))::int[]))))"
)
REVIEWS = f"(select app.may('glass.review')) and staff_id <> (select app.uid()) and ({LEADS.format('true')})"

FENCE = (
    rule("casework_emergency", SEES, REVIEWS)
    + """
drop policy adds on casework_emergency;
create policy adds on casework_emergency for insert with check (false);
drop policy removes on casework_emergency;
create policy removes on casework_emergency for delete using (false);
"""
)
NO_FENCE = no_rule("casework_emergency")
