"""Rules of lessons that come in a parcel: reviewed where they were written, and changed there alone."""

from __future__ import annotations

from panoh.access.fence import any_of
from panoh.exchange.fence_lessons import lesson_kept
from panoh.exchange.fence_parcels import no_taking, taking

ASKED = ("lessons_standing",)

RECEIVES = any_of(["parcel.receive"])

MAKE_TAKING = (
    """
-- Where a lesson came from is said while its parcel is taken in, or back, and never of one that was written here: so
-- nobody evades the review. Its words stay as they came; withdrawn it may be. Its own country takes it up as a draft.
create function lesson_came() returns trigger
language plpgsql security definer set search_path = public, app, pg_temp as $$
declare
    was varchar := case tg_op when 'UPDATE' then old.came_from else '' end;
begin
    if new.came_from <> '' and (tg_op = 'INSERT' or was <> '') and exists (
        select from exchange_parcel x join exchange_partner p on p.id = x.partner_id
        where app.takes_in() and x.by_id = app.uid() and strpos(x.content, '"' || new.code || '"') > 0
            and (x.state = 3 and p.code = new.came_from
                or x.state = 6 and exists (select from exchange_partner where code = new.came_from))
    ) then
        return new;
    elsif was = '' and new.came_from <> '' then
        raise exception 'a lesson that was written here is reviewed here' using errcode = 'insufficient_privilege';
    elsif was <> '' and old.country <> '' and old.country = app.my_country() then
        new.came_from := case new.state when 3 then was else '' end;
    elsif was <> '' and (new.state not in (old.state, 4) or lesson_told(new) is distinct from lesson_told(old)
        or (new.code, new.came_from, new.body_id, new.event_id, new.author_id, new.reviewed_by_id, new.consent_by,
            new.consent_on) is distinct from (old.code, old.came_from, old.body_id, old.event_id, old.author_id,
            old.reviewed_by_id, old.consent_by, old.consent_on)) then
        raise exception 'a lesson is changed where it was written' using errcode = 'insufficient_privilege';
    end if;
    return new;
end $$;
create trigger lesson_came before insert or update on exchange_lesson
    for each row execute function lesson_came();
"""
    + lesson_kept(unless=" and not (new.came_from <> '' and app.takes_in())")
    + f"create policy came_in_a_parcel on exchange_lesson for select using (came_from <> '' and {RECEIVES});\n"
    + "create policy takes_in_removes on exchange_lessonversion for delete using ((select app.takes_in()));\n"
    + taking("exchange_lesson")
)
DROP_TAKING = (
    no_taking("exchange_lesson")
    + "drop policy takes_in_removes on exchange_lessonversion;\n"
    + "drop policy came_in_a_parcel on exchange_lesson;\n"
    + lesson_kept()
    + "drop trigger lesson_came on exchange_lesson;\ndrop function lesson_came();\n"
)

# That a lesson stands here is told by its code, never its words: so nothing that came is called new only
# because whoever looks at the parcel does not read it.
MAKE_STANDING = """
create function app.lessons_standing(asked text[]) returns setof text
language plpgsql stable security definer set search_path = app, public, pg_temp as $$
begin
    return query select l.code::text from exchange_lesson l
        where l.code = any(asked) and app.may_any(array['exchange.see', 'parcel.receive']);
end $$;
"""
DROP_STANDING = "drop function app.lessons_standing(text[]);\n"
