"""Rules of reviews: a country answers and acts for itself; who did something does not verify it."""

from __future__ import annotations

from panoh.access.fence import any_of, no_rule, rule
from panoh.plan.fence import SEES

HOLDS = any_of(["review.hold"])
OWN = f"{HOLDS} or ({any_of(['review.answer'])} and nullif(country, '') = (select app.my_country()))"

RULES = {
    "plan_review": HOLDS,
    "plan_question": HOLDS,
    "plan_answer": OWN,
    "plan_finding": HOLDS,
    "plan_actionpoint": OWN,
}
# The exchange says when a parcel is being taken in; it is asked when a row changes, and stands by then.
WHEN_HELD_ELSEWHERE = "\n    if new.held_elsewhere and app.takes_in() then return new; end if;"


def point_is_verified(unless: str = "") -> str:
    """Return what the database keeps of an action point; unless: when it comes as it stands where it is held."""
    return f"""
create or replace function plan_point_is_verified() returns trigger language plpgsql as $$
begin{unless}
    if tg_op = 'INSERT' and not app.may('review.hold') then
        raise exception 'who holds the review says what is to be done' using errcode = 'insufficient_privilege';
    end if;
    if new.state = 3 and (tg_op = 'INSERT' or old.state <> 2 or not app.may('review.hold')
        or new.verified_by_id is distinct from app.uid()) then
        raise exception 'what is done is verified by who may' using errcode = 'insufficient_privilege';
    end if;
    if new.state = 2 and old.state is distinct from 2
        and (old.state is distinct from 1 or new.done_by_id is distinct from app.uid()) then
        raise exception 'what is done is said in the own name' using errcode = 'insufficient_privilege';
    end if;
    if tg_op = 'UPDATE' and old.state = 3 then
        raise exception 'what is verified stays' using errcode = 'insufficient_privilege';
    end if;
    if tg_op = 'UPDATE' and new.state <> 1 and old.state <> 1 and (new.taken, new.evidence, new.done_by_id, new.done_on)
        is distinct from (old.taken, old.evidence, old.done_by_id, old.done_on) then
        raise exception 'what was done stays as it was said' using errcode = 'insufficient_privilege';
    end if;
    if tg_op = 'UPDATE' and (new.body_id, new.country, new.due, new.text) is distinct from
        (old.body_id, old.country, old.due, old.text) and not app.may('review.hold') then
        raise exception 'who holds the review says what is to be done' using errcode = 'insufficient_privilege';
    end if;
    return new;
end $$;
"""


MAKE_FENCE = (
    """
create function plan_answer_stays() returns trigger language plpgsql as $$
begin
    if tg_op <> 'INSERT' and old.state = 2 and not app.may('review.hold') then
        raise exception 'a submitted answer is locked' using errcode = 'insufficient_privilege';
    end if;
    if tg_op <> 'INSERT' and old.state = 2
        and (tg_op = 'DELETE' or new.text <> old.text or new.country <> old.country) then
        raise exception 'a submitted answer is locked' using errcode = 'insufficient_privilege';
    end if;
    if tg_op <> 'DELETE' and (tg_op = 'INSERT' or new.text <> old.text or new.state > old.state)
        and new.by_id is distinct from app.uid() then
        raise exception 'an answer is given in the own name' using errcode = 'insufficient_privilege';
    end if;
    return case tg_op when 'DELETE' then old else new end;
end $$;
create trigger answer_stays before insert or update or delete on plan_answer
    for each row execute function plan_answer_stays();

"""
    + point_is_verified()
    + """
create trigger is_verified before insert or update on plan_actionpoint
    for each row execute function plan_point_is_verified();
"""
    + "".join(rule(table, SEES, changes) for table, changes in RULES.items())
)

DROP_FENCE = (
    "".join(no_rule(table) for table in RULES)
    + """
drop trigger is_verified on plan_actionpoint;
drop function plan_point_is_verified();
drop trigger answer_stays on plan_answer;
drop function plan_answer_stays();
"""
)
