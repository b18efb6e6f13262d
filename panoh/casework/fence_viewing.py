"""Who sees an alarm about unusual viewing: supervisors of that agency, and who watches over all; never oneself."""

from __future__ import annotations

from panoh.access.fence import no_rule, rule

REVIEWS = (
    "staff_id <> (select app.uid()) and (select app.may('glass.review')) and ((select app.watches_all()) or exists ("
    "select from access_staff s where s.id = staff_id and s.agency_id * 4 = any((select app.my_scopes(false))::int[])))"
)
FENCE = (
    rule("casework_alarm", f"(select app.uid()) = 0 or {REVIEWS}", REVIEWS)
    + """
drop policy adds on casework_alarm;
create policy adds on casework_alarm for insert with check ((select app.uid()) = 0);
drop policy removes on casework_alarm;
create policy removes on casework_alarm for delete using (false);
create function app.keep_alarm() returns trigger
language plpgsql as $$
begin
    if old.reviewed_at is not null or new.reviewed_by_id is distinct from app.uid()
        or (new.code, new.staff_id, new.day, new.rule, new.counted, new.most, new.at) is distinct from
           (old.code, old.staff_id, old.day, old.rule, old.counted, old.most, old.at) then
        raise exception 'an alarm is reviewed once, by who says so' using errcode = 'insufficient_privilege';
    end if;
    return new;
end $$;
create trigger alarms_stay before update on casework_alarm for each row execute function app.keep_alarm();
"""
)
NO_FENCE = "drop trigger alarms_stay on casework_alarm;\ndrop function app.keep_alarm;\n" + no_rule("casework_alarm")
