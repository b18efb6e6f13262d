"""The fence around absences, safe contact, the history of fields, notices and calendar addresses, as text."""

from __future__ import annotations

from panoh.access.fence import no_rule, rule

ASKED = ("feed_of", "tell")

ME = "(select app.uid())"
MACHINE = f"{ME} = 0"
# Whoever leads workers, within the agencies their role sees.
LEADS_THEM = (
    "(select app.may('worker.view')) and exists (select from access_staff s where s.id = staff_id"
    " and s.agency_id * 4 = any((select app.my_scopes(false))::int[]))"
)
AWAY = f"staff_id = {ME} and (select app.may('grant.give')) or {LEADS_THEM}"
KEEP_ABSENCE = """
create function app.keep_absence() returns trigger language plpgsql as $$
begin
    if old.ended_at is not null or new.ended_by_id is distinct from app.uid()
        or (new.code, new.staff_id, new.stand_in_id, new.since, new.until, new.set_by_id, new.set_at) is distinct from
           (old.code, old.staff_id, old.stand_in_id, old.since, old.until, old.set_by_id, old.set_at) then
        raise exception 'an absence is ended once, and nothing else' using errcode = 'insufficient_privilege';
    end if;
    return new;
end $$;
create trigger a_kept before update on casework_absence for each row execute function app.keep_absence();
"""
ABSENCES = (
    rule("casework_absence", f"{MACHINE} or stand_in_id = {ME} or staff_id = {ME} or {LEADS_THEM}", AWAY)
    + f"""
alter policy adds on casework_absence with check (set_by_id = {ME} and ended_at is null and ({AWAY}));
drop policy removes on casework_absence;
create policy removes on casework_absence for delete using (false);
"""
    + KEEP_ABSENCE
)

_ONE = "exists (select from casework_{0} r where r.id = {0}_id)"
_CHANGES = {
    "family": "app.opens(family_id, true)",
    "person": "(select app.opens(r.home_id, true) from casework_person r where r.id = person_id)",
}


def _of_one(records: dict[str, str]) -> str:
    return " and ".join(f"({column}_id is null or {condition})" for column, condition in records.items())


# A row is seen by whoever sees the record it is about; what it sealed opens by its own class besides.
CONTACTS = rule("casework_safecontact", _of_one({one: _ONE.format(one) for one in _CHANGES}), _of_one(_CHANGES))
_TABLES = {"need": "casework_need", "step": "casework_planitem", "visit": "casework_visit"}
_SEEN = {one: _ONE.format(one) for one in _CHANGES} | {
    column: f"exists (select from {table} r where r.id = {column}_id)" for column, table in _TABLES.items()
}
HISTORY = (
    rule("casework_fieldchange", _of_one(_SEEN), f"coalesce(by_id, 0) = {ME} and {_of_one(_SEEN)}")
    + """
drop policy changes on casework_fieldchange;
create policy changes on casework_fieldchange for update using (false);
drop policy removes on casework_fieldchange;
create policy removes on casework_fieldchange for delete using (false);
"""
)

# Whoever takes a step may tell a colleague of it, and reads what they themselves are told.
NOTICES = (
    rule("casework_notice", f"staff_id = {ME} or {MACHINE}")
    + rule("casework_noticewish", f"staff_id = {ME} or {MACHINE}", f"staff_id = {ME}")
    + """
drop policy adds on casework_notice;
create policy adds on casework_notice for insert with check (false);
create function app.tell(whom int, of_kind varchar, code varchar) returns void
language sql security definer set search_path = public, pg_temp as $$
    insert into casework_notice (staff_id, kind, about)
    select s.id, of_kind, code from access_staff s
    where s.id = whom and s.is_active and app.uid() is not null
        and not exists (select from casework_noticewish w where w.staff_id = s.id and of_kind = any(w.muted))
    on conflict do nothing
$$;
"""
)
# Whose calendar an address is; of one that was ended, or of an ended account, nobody's. Nothing else is told of it.
FEEDS = (
    rule("casework_calendarfeed", f"staff_id = {ME}")
    + """
create function app.feed_of(secret_mark bytea) returns int
language sql stable security definer set search_path = public, pg_temp as $$
    select f.staff_id from casework_calendarfeed f join access_staff s on s.id = f.staff_id
    where f.mark = secret_mark and f.ended_at is null and s.is_active
$$;
"""
)
FENCE = ABSENCES + CONTACTS + HISTORY + NOTICES + FEEDS
NO_FENCE = """
drop trigger a_kept on casework_absence;
drop function app.keep_absence;
drop function app.tell;
drop function app.feed_of;
""" + "".join(
    no_rule(f"casework_{table}")
    for table in ("absence", "safecontact", "fieldchange", "notice", "noticewish", "calendarfeed")
)
