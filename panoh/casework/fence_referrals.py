"""The fence around consents, referrals and what came of them, as text for the database.

They stand in the file they are about. An agency that is asked sees the bare referral, and of the file nothing: that
opens to whoever takes it, by a function of the owner's that writes the grant and the answer together, or neither.
"""

from __future__ import annotations

from panoh.access.fence import any_of, no_rule, rule
from panoh.casework.fence import CARE, CHANGES, SEES
from panoh.casework.fence_places import triggers

ASKED = (
    "answers_for", "decline_referral", "keeps_offers_of", "key_to_answer", "keys_to_answer", "may_answer", "same_help",
    "take_referral",
)  # fmt: skip

PLACED: dict[str, tuple[str, str, int | None]] = {
    "casework_consent": ("casework_person", "person_id", CARE),
    "casework_interview": ("casework_person", "person_id", None),
    "casework_referral": ("casework_case", "case_id", None),
    "casework_servicerefusal": ("casework_case", "case_id", None),
}
NEW_TABLES = (*PLACED, "casework_offer", "casework_consentterms", "casework_slip")

_COLUMNS = "".join(f"alter table {table} add column place bigint, add column scope int;\n" for table in PLACED)
_INDEXES = "".join(
    f"create index {table.removeprefix('casework_')}_by_{column} on {table} ({column});\n"
    for table in PLACED
    for column in ("place", "scope")
)


def _touch(parent: str, of: str) -> str:
    """Return the statements that place anew what hangs on some rows of a table."""
    return "".join(
        f"    update {table} set {column} = {column} where {column} {of};\n"
        for table, (above, column, _) in PLACED.items()
        if above == parent
    )


_FOLLOW = "".join(
    f"""
create function app.follow_{parent.removeprefix("casework_")}_too() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
{_touch(parent, "= new.id")}    return null;
end $$;
create trigger c_follow after update on {parent} for each row
    when (old.place is distinct from new.place or old.scope is distinct from new.scope)
    execute function app.follow_{parent.removeprefix("casework_")}_too();
"""
    for parent in ("casework_case", "casework_person")
)

# What is withheld is told by class, which what a row hangs on does not show.
_WITHHELD = f"""
create function app.replace_file_too() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    people bigint[] := array(select id from casework_person where home_id = new.family_id);
    cases bigint[] := array(select id from casework_case where person_id = any(people));
begin
{_touch("casework_person", "= any(people)")}{_touch("casework_case", "= any(cases)")}    return null;
end $$;
create trigger c_withheld after insert or update of ended_at on casework_withhold
    for each row execute function app.replace_file_too();
"""

_ANSWERS = """
-- Whose entries of the directory the bearer keeps: all, or their own agency's.
create function app.keeps_offers_of(whose bigint) returns boolean
language sql stable security definer set search_path = app, public, pg_temp as $$
    select exists (select from app.me() m where 'directory.keep' = any((m.role).permissions)
                   and ((m.role).reach > 2 or m.agency = whose))
$$;
-- For which agency the bearer answers what is asked of it.
create function app.answers_for() returns int
language plpgsql stable parallel safe security definer set search_path = app, public, pg_temp as $$
begin
    return (select m.agency from app.me() m where 'referral.answer' = any((m.role).permissions));
end $$;
-- Whether the bearer may answer a referral: one that waits, or that they took themselves. The machine answers for those
-- outside, who have a code.
create function app.may_answer(referral bigint) returns boolean
language sql stable security definer set search_path = app, public, pg_temp as $$
    select exists (
        select from casework_referral r where r.id = referral and r.state in (1, 2)
            and (app.uid() = 0 and r.via <> 1
                 or r.via = 1 and r.agency_id = app.answers_for() and (r.state = 1 or r.taken_by_id = app.uid()))
    )
$$;
-- Under which keys the bearer seals an answer, before anything of the file is open to them.
create function app.keys_to_answer() returns uuid[]
language plpgsql stable security definer set search_path = app, public, pg_temp as $$
declare
    mine int := app.answers_for();
begin
    return (select coalesce(array_agg(i.key_id), '{}') from casework_referral r
        join casework_case c on c.id = r.case_id join casework_person p on p.id = c.person_id
        join vault_identity i on i.id = p.identity_id
        where r.via = 1 and r.agency_id = mine and (r.state = 1 or r.state = 2 and r.taken_by_id = app.uid()));
end $$;
create function app.key_to_answer(referral bigint) returns uuid
language sql stable security definer set search_path = app, public, pg_temp as $$
    select i.key_id from casework_referral r join casework_case c on c.id = r.case_id
        join casework_person p on p.id = c.person_id join vault_identity i on i.id = p.identity_id
        where r.id = referral and app.may_answer(referral)
$$;
create policy of_answers on vault_datakey for select
    using (holder = 1 and id = any((select app.keys_to_answer())::uuid[]));
create policy of_answers_adds on vault_sealedpart for insert
    with check ("group" = 20 and key_id = any((select app.keys_to_answer())::uuid[]));

-- Take a referral: what it opens of the file goes to who takes it, and to nobody else of the team.
create function app.take_referral(referral bigint, grant_code varchar, until_day date, said_part uuid)
returns boolean
language plpgsql security definer set search_path = app, public, pg_temp as $$
declare
    asked casework_referral;
    file bigint;
    made bigint;
    me int := app.uid();
begin
    select * into asked from casework_referral where id = referral for update;
    if not found or me = 0 or asked.state <> 1 or not app.may_answer(referral) or asked.sent_by_id = me then
        raise exception 'this referral is not yours to take' using errcode = 'insufficient_privilege';
    end if;
    select p.home_id into file from casework_case c join casework_person p on p.id = c.person_id
        where c.id = asked.case_id;
    if exists (
        select from casework_withhold w where w.family_id = file and w.ended_at is null
            and (w.staff_id = me or w.agency_id = asked.agency_id)
            and (0 = any(w.classes) or w.classes && asked.classes))
        or asked.consent_id is not null and not exists (
            select from casework_consent k
            where k.id = asked.consent_id and k.state = 1 and k.until >= app.today()) then
        return false;
    end if;
    insert into casework_grant (code, family_id, staff_id, purpose, classes, changes, until, given_by_id, consent_id,
            legal_basis)
        values (grant_code, file, me, 'referral', asked.classes, true,
            least(until_day + 30, (select k.until from casework_consent k where k.id = asked.consent_id)),
            asked.sent_by_id, asked.consent_id, asked.legal_basis)
        returning id into made;
    update casework_referral set state = 2, taken_by_id = me, answered_on = app.today(), due = until_day,
        said_id = said_part, grant_id = made where id = referral;
    return true;
end $$;

-- Who gave the same within a time, told by agency and day alone, whoever may see what was given.
create function app.same_help(of_case bigint, what varchar, since date, not_by int)
returns table (agency varchar, on_day date)
language sql stable security definer set search_path = app, public, pg_temp as $$
    select a.name, h.given_on from casework_assistance h join access_agency a on a.id = h.agency_id
        join casework_case c on c.id = h.case_id join casework_case mine on mine.family_id = c.family_id
        where mine.id = of_case and app.opens(mine.family_id, true) and h.service = what and h.given_on >= since
            and h.agency_id is distinct from not_by and h.wrong_on is null
        order by h.given_on desc limit 5
$$;
"""

_KEPT = """
-- What was asked stays, and each side takes its own steps alone: who leads the file takes back, who is asked answers.
create function app.keep_referral() returns trigger
language plpgsql security definer set search_path = app, public, pg_temp as $$
declare
    leads boolean;
begin
    if (new.code, new.case_id, new.service, new.field_class, new.agency_id, new.via, new.classes, new.age, new.words_id,
        new.legal_basis, new.reason_id, new.follows_id, new.sent_by_id, new.sent_at) is distinct from
       (old.code, old.case_id, old.service, old.field_class, old.agency_id, old.via, old.classes, old.age, old.words_id,
        old.legal_basis, old.reason_id, old.follows_id, old.sent_by_id, old.sent_at)
        or old.taken_by_id is distinct from new.taken_by_id and old.taken_by_id is not null then
        raise exception 'what was asked stays' using errcode = 'insufficient_privilege';
    end if;
    if new.state <> old.state and (old.state, new.state) not in (
        (1, 2), (1, 3), (1, 4), (1, 5), (1, 6), (2, 3), (2, 4), (2, 5), (2, 6)) then
        raise exception 'a referral that ended stays so' using errcode = 'insufficient_privilege';
    end if;
    return new;
end $$;
create trigger b_kept before update on casework_referral for each row execute function app.keep_referral();
create function app.require_side() returns trigger language plpgsql as $$
begin
    -- Told from a statement by whose rights run: a function of the owner's has looked already.
    if current_user = session_user and app.uid() <> 0 and (
        new.state = 5 and not exists (
            select from casework_case c join casework_person p on p.id = c.person_id
            where c.id = new.case_id and app.leads(p.home_id))
        or new.state in (3, 6) or new.state = 2
        or new.state = 4 and not app.may_answer(new.id)) then
        raise exception 'this step is the other side''s' using errcode = 'insufficient_privilege';
    end if;
    return new;
end $$;
create trigger c_side before update on casework_referral for each row
    when (new.state is distinct from old.state) execute function app.require_side();

-- A refusal by who was asked is the answer: the referral ends with it, and what it had opened closes.
create function app.decline_referral(referral bigint, refusal_code varchar, why varchar, basis_part uuid)
returns void
language plpgsql security definer set search_path = app, public, pg_temp as $$
declare
    asked casework_referral;
    me int := nullif(app.uid(), 0);
begin
    select * into asked from casework_referral where id = referral for update;
    if not found or not app.may_answer(referral) then
        raise exception 'this referral is not yours to decline' using errcode = 'insufficient_privilege';
    end if;
    insert into casework_servicerefusal (code, case_id, referral_id, service, field_class, agency_id, because, basis_id,
            refused_on, recorded_by_id)
        values (refusal_code, asked.case_id, referral, asked.service, asked.field_class, asked.agency_id, why,
            basis_part, app.today(), me);
    update casework_referral set state = 3, answered_on = coalesce(answered_on, app.today()), ended_on = app.today(),
        taken_by_id = coalesce(taken_by_id, me) where id = referral;
end $$;
-- Whatever ends a referral closes the file to who took it.
create function app.close_grant() returns trigger
language plpgsql security definer set search_path = app, public, pg_temp as $$
begin
    update casework_grant set ended_at = now(), ended_by_id = coalesce(nullif(app.uid(), 0), new.sent_by_id)
        where id = new.grant_id and ended_at is null;
    return null;
end $$;
create trigger d_close after update on casework_referral for each row
    when (new.state > 2 and old.state <= 2 and new.grant_id is not null) execute function app.close_grant();

create function app.keep_refusal() returns trigger
language plpgsql security definer set search_path = app, public, pg_temp as $$
begin
    if (new.code, new.case_id, new.referral_id, new.service, new.field_class, new.agency_id, new.because, new.basis_id,
        new.refused_on, new.recorded_by_id) is distinct from
       (old.code, old.case_id, old.referral_id, old.service, old.field_class, old.agency_id, old.because, old.basis_id,
        old.refused_on, old.recorded_by_id)
        or old.appealed_on is not null and new.appealed_on is distinct from old.appealed_on
        or old.answer is not null and new.answer is distinct from old.answer then
        raise exception 'a refusal stays as it was given' using errcode = 'insufficient_privilege';
    end if;
    return new;
end $$;
create trigger b_kept before update on casework_servicerefusal for each row execute function app.keep_refusal();

-- Of a consent only its end is ever changed.
create function app.keep_consent() returns trigger
language plpgsql security definer set search_path = app, public, pg_temp as $$
begin
    if new.state <> old.state and (old.state <> 1 or new.state not in (3, 4))
        or (new.code, new.person_id, new.purpose, new.kinds, new.agencies, new.classes, new.given_by, new.guardian_id,
            new.evidence, new.assent, new.not_asked_because, new.language, new.is_interpreted, new.terms_id,
            new.said_on, new.until, new.renews_id, new.recorded_by_id, new.recorded_at) is distinct from
           (old.code, old.person_id, old.purpose, old.kinds, old.agencies, old.classes, old.given_by, old.guardian_id,
            old.evidence, old.assent, old.not_asked_because, old.language, old.is_interpreted, old.terms_id,
            old.said_on, old.until, old.renews_id, old.recorded_by_id, old.recorded_at) then
        raise exception 'a consent stays as it was given' using errcode = 'insufficient_privilege';
    end if;
    return new;
end $$;
create trigger b_kept before update on casework_consent for each row execute function app.keep_consent();
"""

MAKE_REFERRALS = _COLUMNS + triggers(PLACED) + _FOLLOW + _WITHHELD + _ANSWERS + _KEPT + _INDEXES

IS_ASKED = "via = 1 and agency_id = (select app.answers_for()) and (state = 1 or taken_by_id = (select app.uid()))"
HANGS = "exists (select from casework_referral r where r.id = referral_id)"


def _fences() -> str:
    made = "".join(
        rule(table, SEES.format(""), CHANGES.format("")) for table in ("casework_consent", "casework_interview")
    )
    made += rule("casework_referral", f"{SEES.format('')} or {IS_ASKED}", f"{CHANGES.format('')} or {IS_ASKED}")
    made += f"alter policy adds on casework_referral with check ({CHANGES.format('')});\n"
    made += rule("casework_servicerefusal", SEES.format(""), CHANGES.format(""))
    made += (
        f"alter policy adds on casework_servicerefusal with check (referral_id is null and ({CHANGES.format('')}));\n"
    )
    made += rule("casework_offer", any_of(("directory.see", "referral.run")), "app.keeps_offers_of(agency_id)")
    made += rule("casework_consentterms", "(select app.uid()) is not null", any_of(("consent.record",)))
    return made + rule("casework_slip", HANGS, f"{HANGS} and {any_of(('referral.send', 'referral.run'))}")


REFERRAL_FENCES = _fences()
DROP_REFERRAL_FENCES = "".join(no_rule(table) for table in NEW_TABLES)
DROP_REFERRALS = (
    "drop policy of_answers on vault_datakey;\ndrop policy of_answers_adds on vault_sealedpart;\n"
    "drop trigger c_withheld on casework_withhold;\ndrop trigger c_follow on casework_case;\n"
    "drop trigger c_follow on casework_person;\n"
    + "".join(f"drop trigger a_place on {table};\n" for table in PLACED)
    + "".join(
        f"drop trigger {name} on casework_{table};\n"
        for name, table in (
            ("b_kept", "referral"), ("c_side", "referral"), ("d_close", "referral"),
            ("b_kept", "servicerefusal"), ("b_kept", "consent"),
        )
    )
    + "".join(
        f"drop function app.{name};\n"
        for name in (
            *(f"place_{table.removeprefix('casework_')}" for table in PLACED),
            "follow_case_too", "follow_person_too", "replace_file_too", "take_referral", "same_help", "key_to_answer",
            "keys_to_answer", "may_answer", "answers_for", "keeps_offers_of", "keep_referral", "require_side",
            "decline_referral", "close_grant", "keep_refusal", "keep_consent",
        )
    )
    + "".join(f"alter table {table} drop column place, drop column scope;\n" for table in PLACED)
)  # fmt: skip
