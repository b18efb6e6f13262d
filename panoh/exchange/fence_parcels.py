"""Rules of parcels: who exchanges them, and what may be written while one is taken in, or back, and only then."""

from __future__ import annotations

from panoh.access.fence import any_of, no_rule, rule

ASKED = ("takes_in", "trusted_partners")

SEES = any_of(["exchange.see"])
EXCHANGES = any_of(["parcel.send", "parcel.receive"])
TABLES = ("exchange_partner", "exchange_parcel", "exchange_arrived", "exchange_parcelstep")
# What a parcel can put here, beside what the roles may write by their own rules.
TAKEN_IN = (
    "plan_plan", "plan_pillar", "plan_area", "plan_body", "plan_planaction", "plan_planaction_also_serves",
    "plan_actionbody", "plan_revision", "exchange_event", "exchange_eventbody", "exchange_proposal",
    "exchange_position",
)  # fmt: skip


def taking(table: str) -> str:
    """Return the statements that open a table to whoever takes a parcel in, as long as that lasts."""
    taking_in = "((select app.takes_in()))"
    return f"""
create policy takes_in_adds on {table} for insert with check {taking_in};
create policy takes_in_changes on {table} for update using {taking_in} with check {taking_in};
create policy takes_in_removes on {table} for delete using {taking_in};
"""


def no_taking(table: str) -> str:
    """Return the statements that close it again."""
    return "".join(f"drop policy takes_in_{what} on {table};\n" for what in ("adds", "changes", "removes"))


MAKE_FENCE = (
    """
-- Whether the bearer is taking a parcel in, or back: no such state outlives the transaction of the step.
create function app.takes_in() returns boolean
language plpgsql stable parallel safe security definer set search_path = app, public, pg_temp as $$
begin
    return app.may_any(array['parcel.receive'])
        and exists (select from exchange_parcel where state in (3, 6) and by_id = app.uid());
end $$;

create function exchange_parcel_is_settled() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    if exists (select from exchange_parcel where id = new.id and state in (3, 6)) then
        raise exception 'a parcel is taken in within one step' using errcode = 'insufficient_privilege';
    end if;
    return null;
end $$;
create constraint trigger settled after insert or update on exchange_parcel deferrable initially deferred
    for each row execute function exchange_parcel_is_settled();

-- What was sent or came stays as it was signed; who acts is who bears the token.
create function exchange_parcel_stays() returns trigger language plpgsql as $$
begin
    if new.by_id is distinct from app.uid() or tg_op = 'UPDATE' and
        (new.code, new.partner_id, new.direction, new.number, new.digest, new.content, new.signature, new.at)
        is distinct from
        (old.code, old.partner_id, old.direction, old.number, old.digest, old.content, old.signature, old.at) then
        raise exception 'a parcel stays as it was signed' using errcode = 'insufficient_privilege';
    end if;
    return new;
end $$;
create trigger stays before insert or update on exchange_parcel for each row execute function exchange_parcel_stays();

-- A partner's key is entered by one and confirmed by another, each bearing their own token.
create function exchange_partner_by_two() returns trigger language plpgsql as $$
begin
    if tg_op = 'INSERT' then
        if new.added_by_id is distinct from app.uid() or new.confirmed_by_id is not null then
            raise exception 'a partner is entered by who acts' using errcode = 'insufficient_privilege';
        end if;
    elsif (new.code, new.country, new.key, new.age_key, new.added_by_id)
        is distinct from (old.code, old.country, old.key, old.age_key, old.added_by_id)
        or (old.ended_at is not null and new.ended_at is null)
        or (new.confirmed_by_id is distinct from old.confirmed_by_id
            and (old.confirmed_by_id is not null or new.confirmed_by_id is distinct from app.uid())) then
        raise exception 'a partner is confirmed by another who acts' using errcode = 'insufficient_privilege';
    end if;
    return new;
end $$;
create trigger by_two before insert or update on exchange_partner
    for each row execute function exchange_partner_by_two();
"""
    + "".join(rule(table, SEES, EXCHANGES) for table in TABLES)
    + "".join(map(taking, TAKEN_IN))
)
DROP_FENCE = (
    "".join(map(no_taking, TAKEN_IN))
    + "".join(map(no_rule, TABLES))
    + """
drop trigger by_two on exchange_partner;
drop function exchange_partner_by_two();
drop trigger stays on exchange_parcel;
drop function exchange_parcel_stays();
drop trigger settled on exchange_parcel;
drop function exchange_parcel_is_settled();
drop function app.takes_in();
"""
)

# To whom, and from whom, casework hands families over: it knows the partners by this question alone.
MAKE_TRUSTED = """
create function app.trusted_partners() returns table (
    code varchar, name varchar, country varchar, key varchar, age_key varchar
)
language sql stable security definer set search_path = public, pg_temp as $$
    select p.code, p.name, p.country, p.key, p.age_key from exchange_partner p
    where p.confirmed_at is not null and p.ended_at is null
        and app.may_any(array['handover.propose', 'handover.agree', 'handover.receive', 'question.answer'])
    order by p.name, p.code
$$;
"""
DROP_TRUSTED = "drop function app.trusted_partners;"
