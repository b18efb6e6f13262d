"""Rules of indicators and values: a country's own is entered for it, decided on by another, and frozen once public."""

from __future__ import annotations

from panoh.access.fence import any_of, no_rule, rule
from panoh.plan.fence import EDITS, SEES, of_a_country

REPORTS = any_of(["joint.report"])
DECIDES = any_of(["joint.approve"])
OWN = "nullif(country, '')"
OWN_VALUES = f"{REPORTS} and value_id in (select id from plan_value where country = (select app.my_country()))"

RULES = {
    "plan_indicator": EDITS,
    "plan_period": any_of(["joint.edit", "joint.publish"]),
    "plan_level": of_a_country("joint.report", OWN),
    "plan_value": f"{DECIDES} or {of_a_country('joint.report', OWN)}",
    "plan_remark": f"{DECIDES} or {EDITS} or ({OWN_VALUES})",
    "plan_gateanswer": any_of(["joint.publish"]),
    "plan_publication": any_of(["joint.publish"]),
}
ENTERED = (
    "indicator_id", "period_id", "country", "number", "numerator", "denominator", "words", "parts", "source_kind",
    "source", "source_url", "digest", "note",
)  # fmt: skip
NEW, OLD = (", ".join(f"{row}.{column}" for column in ENTERED) for row in ("new", "old"))
# The exchange says when a parcel is being taken in; it is asked when a row changes, and stands by then.
WHEN_RETURNED_ELSEWHERE = " and not (new.state = 3 and app.takes_in())"


def value_stays(unless: str = "") -> str:
    """Return what the database keeps of a value; unless: when another instance has decided on it."""
    return f"""
create or replace function plan_value_stays() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' then
        if old.state <> 0 then
            raise exception 'a value that was entered is kept' using errcode = 'insufficient_privilege';
        end if;
        return old;
    end if;
    if tg_op = 'UPDATE' and ({NEW}) is distinct from ({OLD}) then
        if old.state in (2, 4) then
            raise exception 'a submitted value is locked' using errcode = 'insufficient_privilege';
        end if;
        if old.source_kind = 4 and (new.source_kind is distinct from 4 or new.digest = old.digest) then
            raise exception 'a value of a release is changed by a release' using errcode = 'insufficient_privilege';
        end if;
    end if;
    if tg_op = 'INSERT' or new.state <> old.state then
        if new.state = 2 and new.submitted_by_id is distinct from app.uid() then
            raise exception 'a value is submitted in the own name' using errcode = 'insufficient_privilege';
        end if;
        if new.state in (3, 4) and (
            tg_op = 'INSERT' or old.state not in (2, 4) or not app.may('joint.approve'){unless}
            or new.decided_by_id is distinct from app.uid()
        ) then
            raise exception 'a submitted value is decided on by who may' using errcode = 'insufficient_privilege';
        end if;
    end if;
    if tg_op = 'UPDATE' and old.state in (2, 4) and (new.submitted_by_id, new.submitted_at)
        is distinct from (old.submitted_by_id, old.submitted_at) then
        raise exception 'who submitted a value stays' using errcode = 'insufficient_privilege';
    end if;
    return new;
end $$;
"""


MAKE_FENCE = (
    value_stays()
    + """
create trigger value_stays before insert or update or delete on plan_value
    for each row execute function plan_value_stays();

-- Security definer: whoever changes a row must not see less of the publications than there are.
create function plan_published_stays() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    if tg_op <> 'INSERT' and exists (select from plan_publication where period_id = old.period_id)
        or tg_op <> 'DELETE' and exists (select from plan_publication where period_id = new.period_id) then
        raise exception 'published figures are frozen' using errcode = 'insufficient_privilege';
    end if;
    return case tg_op when 'DELETE' then old else new end;
end $$;
create trigger published_stays before insert or update or delete on plan_value
    for each row execute function plan_published_stays();
create trigger published_stays before insert or update or delete on plan_gateanswer
    for each row execute function plan_published_stays();

create function plan_stays_as_it_is() returns trigger language plpgsql as $$
begin
    raise exception 'what is on record is not changed' using errcode = 'insufficient_privilege';
end $$;
create trigger stays before update or delete on plan_publication
    for each row execute function plan_stays_as_it_is();
create trigger stays before update or delete on plan_remark
    for each row execute function plan_stays_as_it_is();
"""
    + "".join(rule(table, SEES, changes) for table, changes in RULES.items())
)

DROP_FENCE = (
    "".join(no_rule(table) for table in RULES)
    + """
drop trigger stays on plan_remark;
drop trigger stays on plan_publication;
drop function plan_stays_as_it_is();
drop trigger published_stays on plan_gateanswer;
drop trigger published_stays on plan_value;
drop function plan_published_stays();
drop trigger value_stays on plan_value;
drop function plan_value_stays();
"""
)
