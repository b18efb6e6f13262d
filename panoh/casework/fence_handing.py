"""The fence around hand-overs abroad, and questions of other countries, as text for the database."""

from __future__ import annotations

from panoh.access.fence import any_of, no_rule, rule

ASKED: tuple[str, ...] = ()
FAMILY = "exists (select from casework_family f where f.id = family_id)"
STEPS = any_of(("handover.propose", "handover.agree", "handover.receive"))
ANSWERS = any_of(("question.answer",))

MAKE = """
-- One proposes, another agrees, each bearing their own token; what was agreed to stays as it was, step by step.
create function app.keep_hand_over() returns trigger language plpgsql as $$
begin
    if tg_op = 'INSERT' then
        if new.proposed_by_id is distinct from app.uid()
            or not (new.direction = 1 and new.state = 1 and app.may('handover.propose')
                or new.direction = 2 and app.may('handover.receive')) then
            raise exception 'a hand-over begins with who proposes it' using errcode = 'insufficient_privilege';
        end if;
    elsif (new.code, new.direction, new.family_id, new.partner, new.country, new.partner_key, new.age_key, new.purpose,
            new.basis, new.classes, new.because_id, new.proposed_by_id, new.proposed_at) is distinct from
            (old.code, old.direction, old.family_id, old.partner, old.country, old.partner_key, old.age_key,
            old.purpose, old.basis, old.classes, old.because_id, old.proposed_by_id, old.proposed_at)
        or old.digest <> '' and new.digest <> old.digest
        or new.decided_by_id is distinct from old.decided_by_id and (
            old.state <> 1 or new.state not in (2, 3) or new.decided_by_id is distinct from app.uid()
            or not app.may('handover.agree'))
        or new.state <> old.state and (old.state, new.state) not in (
            (1, 2), (1, 3), (1, 7), (2, 4), (2, 7), (4, 5), (4, 7)) then
        raise exception 'two people hand a file over' using errcode = 'insufficient_privilege';
    end if;
    return new;
end $$;
create trigger a_kept before insert or update on casework_handoverabroad
    for each row execute function app.keep_hand_over();

create function app.place_question() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    perform app.require_new_key(new.key_id, 4);
    update vault_datakey set at_desk = true where id = new.key_id;
    return null;
end $$;
create trigger b_keys after insert on casework_tracingquestion for each row execute function app.place_question();
create function app.keep_question() returns trigger language plpgsql as $$
begin
    if (new.code, new.partner, new.country, new.key_id, new.words_id, new.recorded_by_id, new.recorded_on)
        is distinct from
        (old.code, old.partner, old.country, old.key_id, old.words_id, old.recorded_by_id, old.recorded_on)
        or old.is_known is not null or new.answered_by_id is distinct from app.uid() then
        raise exception 'a question is answered once' using errcode = 'insufficient_privilege';
    end if;
    return new;
end $$;
create trigger a_kept before update on casework_tracingquestion for each row execute function app.keep_question();
"""
FENCES = (
    rule("casework_handoverabroad", FAMILY, f"{STEPS} and {FAMILY}")
    + rule("casework_tracingquestion", ANSWERS)
    + f"alter policy adds on casework_tracingquestion with check ({ANSWERS} and recorded_by_id = (select app.uid()));\n"
)
DROP = (
    """
drop trigger a_kept on casework_handoverabroad;
drop trigger b_keys on casework_tracingquestion;
drop trigger a_kept on casework_tracingquestion;
"""
    + no_rule("casework_tracingquestion")
    + no_rule("casework_handoverabroad")
    + "drop function app.keep_hand_over, app.place_question, app.keep_question;\n"
)
