"""Rules of what an event holds, of lessons by their class, and of proposals that are drafts of a country.

A lesson for the country only is read by who speaks for that country and by nobody else, editors neither. The search
runs past the rules, for an index helps no rule that calls a function; it applies the class itself, by the same text.
"""

from __future__ import annotations

from panoh.access.fence import any_of, no_rule, rule
from panoh.exchange.fence import RULES, SEES, of_a_country

ASKED = ("find_lessons", "lesson_tags", "purge_registrations", "related_lessons")

EDITS_EVENTS = any_of(["event.edit"])
OWN = "country <> '' and country = (select app.my_country())"
WRITES = any_of(["lesson.write", "lesson.review", "lesson.publish"])
PUBLISHES = any_of(["lesson.publish"])
REVIEWS = any_of(["lesson.review"])

# Of the region is who speaks for one of its states, and who works on lessons.
LESSON_SEES = f"""{SEES} and (
    author_id = (select app.uid())
    or {OWN} and (state = 3 or {WRITES})
    or secrecy < 3 and (secrecy = 1 or {WRITES} or (select app.my_country()) <> '')
        and (state = 3 or state = 2 and {REVIEWS} or {PUBLISHES})
)"""
LESSON_CHANGES = f"""{any_of(["lesson.write", "lesson.publish"])} and (
    author_id = (select app.uid()) and (country = '' or country = (select app.my_country()) or {PUBLISHES})
    or {OWN}
    or secrecy < 3 and {PUBLISHES}
)"""
LESSON_FITS = f"""(only_kind is null or l.kind = only_kind) and (only_country is null or l.country = only_country)
            and (only_tag is null or only_tag = any(l.tags)) and (only_state is null or l.state = only_state)
            and {LESSON_SEES}"""
NEWEST = "order by l.changed_at desc, l.id desc limit 300"
OF_A_LESSON = "lesson_id in (select id from exchange_lesson)"

PROPOSAL_SEES = f"""{SEES} and (
    state <> 1 or {any_of(["proposal.consolidate"])}
    or country = (select app.my_country()) and (country <> '' or {any_of(["proposal.write"])})
)"""
OF_A_PROPOSAL = f"{SEES} and proposal_id in (select id from exchange_proposal)"

EVENT_TABLES = ("exchange_session", "exchange_participation", "exchange_output", "exchange_decision")


def lesson_kept(unless: str = "") -> str:
    """Return what the database keeps of a lesson; unless: when neither consent nor publishing is asked about."""
    return f"""
create or replace function lesson_kept() returns trigger
language plpgsql security definer set search_path = public, app, pg_temp as $$
begin
    if tg_op = 'INSERT' then
        new.version := 1;
    elsif lesson_told(new) is distinct from lesson_told(old) then
        new.version := old.version + 1;
        new.changed_at := now();
        if new.state <> 3 then  -- what was reviewed and agreed to is not what stands there now
            new.reviewed_by_id := null; new.consent_by := ''; new.consent_on := null;
        end if;
    else
        new.version := old.version;
    end if;
    if new.consent_on is not null and (tg_op = 'INSERT'
        or (new.consent_on, new.consent_by) is distinct from (old.consent_on, old.consent_by))
        and new.country is distinct from app.my_country(){unless} then
        raise exception 'a country agrees for itself' using errcode = 'insufficient_privilege';
    end if;
    if new.state = 3 and (tg_op = 'INSERT' or old.state <> 3) and not app.may('lesson.publish'){unless} then
        raise exception 'an editor publishes' using errcode = 'insufficient_privilege';
    end if;
    new.words := wording_words(new.title, 'A') || wording_words(new.tried, 'B') || wording_words(new.outcome, 'B')
        || wording_words(new.context, 'C') || wording_words(new.for_whom, 'C') || wording_words(new.conditions, 'C')
        || wording_words(new.evidence, 'D') || wording_words(new.cost, 'D')
        || setweight(to_tsvector('simple', array_to_string(new.tags, ' ')), 'A');
    new.plain := (select coalesce(lower(string_agg(pair->>1, ' ')), '') from jsonb_array_elements(new.title) pair);
    return new;
end $$;
"""


FUNCTIONS = f"""
create function lesson_told(l exchange_lesson) returns jsonb language sql stable as $$
    select jsonb_build_object(
        'kind', l.kind, 'title', l.title, 'context', l.context, 'tried', l.tried, 'outcome', l.outcome,
        'for_whom', l.for_whom, 'evidence', l.evidence, 'strength', l.strength, 'conditions', l.conditions,
        'cost', l.cost, 'contact', l.contact, 'tags', to_jsonb(l.tags), 'country', l.country, 'secrecy', l.secrecy)
$$;

-- A text in several languages, each read by the rules of its own.
create function wording_words(wording jsonb, weight "char") returns tsvector language plpgsql stable as $$
declare
    said record;
    words tsvector := '';
begin
    for said in select pair->>0 as language, pair->>1 as text from jsonb_array_elements(wording) pair loop
        words := words || to_tsvector(
            case said.language when 'ru' then 'russian' when 'en' then 'english' else 'simple' end::regconfig,
            left(said.text, 100000));
    end loop;
    return setweight(words, weight);
end $$;

{lesson_kept()}create trigger lesson_kept before insert or update on exchange_lesson
    for each row execute function lesson_kept();

create function lesson_version_written() returns trigger
language plpgsql security definer set search_path = public, app, pg_temp as $$
begin
    if tg_op = 'INSERT' or new.version > old.version then
        insert into exchange_lessonversion (lesson_id, number, told, by_id)
            values (new.id, new.version, lesson_told(new), nullif(app.uid(), 0));
    end if;
    return null;
end $$;
create trigger lesson_version_written after insert or update on exchange_lesson
    for each row execute function lesson_version_written();

-- A verdict on the version that stands; the lesson's own rule refuses its author.
create function lesson_reviewed() returns trigger
language plpgsql security definer set search_path = public, app, pg_temp as $$
begin
    update exchange_lesson set reviewed_by_id = case new.verdict when 1 then new.reviewer_id end
        where id = new.lesson_id and state = 2 and version = new.version and author_id is distinct from new.reviewer_id;
    if not found then
        raise exception 'a lesson is reviewed as it stands, by another than its author'
            using errcode = 'insufficient_privilege';
    end if;
    return null;
end $$;
create trigger lesson_reviewed after insert on exchange_lessonreview
    for each row execute function lesson_reviewed();

-- What is asked for is planned with its words known: the newest are walked through for a word that most lessons have,
-- an index of words leads to those that few have.
create function app.find_lessons(
    said text, spelled text[], only_kind int, only_country text, only_tag text, only_state int, most int
) returns table (id bigint, rank real)
language plpgsql stable security definer
set search_path = app, public, pg_temp set plan_cache_mode = force_custom_plan as $$
declare
    asked tsquery := websearch_to_tsquery('russian', said) || websearch_to_tsquery('english', said)
        || websearch_to_tsquery('simple', said);
    letters text := lower(said);
    heard varchar[] := spelled;
begin
    -- Each index by itself: joined by "or", every row found would be read and compared again. A slip is looked for
    -- where few rows hold the words; of very many the newest are ranked.
    return query
    with worded as materialized (
        select l.id, l.changed_at from exchange_lesson l where l.words @@ asked and {LESSON_FITS} {NEWEST}
    ), spelt as materialized (
        select l.id, l.changed_at from exchange_lesson l
        where cardinality(heard) > 0 and l.spellings @> heard and {LESSON_FITS} {NEWEST}
    ), exact as materialized (
        select * from worded union select * from spelt
    ), near as materialized (
        select l.id, l.changed_at from exchange_lesson l
        where (select count(*) from exact) < 50 and letters <% l.plain and {LESSON_FITS} {NEWEST}
    ), ranked as materialized (
        select l.id from (select * from exact union select * from near) l {NEWEST}
    )
    select l.id, (ts_rank(l.words, asked) + case when l.spellings @> heard and cardinality(heard) > 0 then 0.3
        else 0 end + case when (select count(*) from exact) < 50 then word_similarity(letters, l.plain) / 5
        else 0 end)::real
    from exchange_lesson l where l.id in (select ranked.id from ranked) order by 2 desc, 1 desc limit least(most, 500);
end $$;

create function app.related_lessons(given bigint, most int) returns table (id bigint, rank real)
language plpgsql stable security definer
set search_path = app, public, pg_temp set plan_cache_mode = force_custom_plan as $$
declare
    here exchange_lesson;
    asked tsquery;
begin
    select * into here from exchange_lesson where exchange_lesson.id = given and {LESSON_SEES};
    select string_agg(quote_literal(replace(lexeme, chr(92), '')), '|')::tsquery into asked
        from (select lexeme from unnest(here.words) where weights[1] = 'A' and length(lexeme) > 2 limit 40) w;
    return query
    with worded as materialized (
        select l.id from exchange_lesson l where l.words @@ asked and l.id <> given and {LESSON_SEES} {NEWEST}
    ), tagged as materialized (
        select l.id from exchange_lesson l where l.tags && here.tags and l.id <> given and {LESSON_SEES} {NEWEST}
    )
    select l.id, (coalesce(ts_rank(l.words, asked), 0)
        + 0.2 * (select count(*) from unnest(l.tags) tag where tag = any(here.tags)))::real
    from exchange_lesson l where l.id in (select worded.id from worded union select tagged.id from tagged)
    order by 2 desc, 1 desc limit least(most, 50);
end $$;

create function app.lesson_tags(most int) returns table (tag text, times bigint)
language plpgsql stable security definer set search_path = app, public, pg_temp as $$
begin
    return query select t.tag::text, count(*) from exchange_lesson l, unnest(l.tags) t(tag)
        where {LESSON_SEES} group by 1 order by 2 desc, 1 limit least(most, 500);
end $$;

-- What was said where nobody is told who said it stays without a name, whoever writes it.
create function statement_unattributed() returns trigger language plpgsql as $$
begin
    if (select rules from exchange_event where id = new.event_id) <> 1 then
        new.speaker := ''; new.body_id := null; new.country := ''; new.quote := '';
    end if;
    return new;
end $$;
create trigger statement_unattributed before insert or update on exchange_statement
    for each row execute function statement_unattributed();
create function event_closed() returns trigger language plpgsql as $$
begin
    if new.rules <> 1 and old.rules = 1 then
        update exchange_statement set speaker = '' where event_id = new.id;
    end if;
    return null;
end $$;
create trigger event_closed after update on exchange_event for each row execute function event_closed();

create function app.purge_registrations() returns int
language plpgsql security definer set search_path = app, public, pg_temp as $$
declare
    gone int;
begin
    delete from exchange_registration r using exchange_event e
        where e.id = r.event_id and coalesce(e.ends, e.starts, r.entered_at::date) < app.today() - 90;
    get diagnostics gone = row_count;
    return gone;
end $$;
"""

NEW = {
    **dict.fromkeys(EVENT_TABLES, (SEES, EDITS_EVENTS)),
    "exchange_registration": (EDITS_EVENTS, EDITS_EVENTS),
    "exchange_lesson": (LESSON_SEES, LESSON_CHANGES),
    "exchange_lessonversion": (OF_A_LESSON, "false"),
    "exchange_lessonreview": (OF_A_LESSON, f"{REVIEWS} and reviewer_id = (select app.uid()) and {OF_A_LESSON}"),
    "exchange_proposalpart": (OF_A_PROPOSAL, any_of(["proposal.consolidate"])),
}
DRAFTS = {
    "exchange_proposal": (PROPOSAL_SEES, of_a_country("proposal.consolidate", "proposal.write")),
    "exchange_position": (OF_A_PROPOSAL, of_a_country("proposal.consolidate", "position.take")),
}

MAKE_LESSONS_FENCE = (
    FUNCTIONS
    + "".join(no_rule(table) for table in DRAFTS)
    + "".join(rule(table, *conditions) for table, conditions in {**NEW, **DRAFTS}.items())
)
DROP_LESSONS_FENCE = (
    "".join(no_rule(table) for table in {**NEW, **DRAFTS})
    + "".join(rule(table, SEES, RULES[table]) for table in DRAFTS)
    + """
drop trigger event_closed on exchange_event;
drop trigger statement_unattributed on exchange_statement;
drop trigger lesson_reviewed on exchange_lessonreview;
drop trigger lesson_version_written on exchange_lesson;
drop trigger lesson_kept on exchange_lesson;
drop function app.purge_registrations();
drop function event_closed();
drop function statement_unattributed();
drop function app.lesson_tags(int);
drop function app.related_lessons(bigint, int);
drop function app.find_lessons(text, text[], int, text, text, int, int);
drop function lesson_reviewed();
drop function lesson_version_written();
drop function lesson_kept();
drop function wording_words(jsonb, "char");
drop function lesson_told(exchange_lesson);
"""
)
