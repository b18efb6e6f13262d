"""What columns mean is put right by a person: this list is read anew, and the next lists of its sender are read so."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import InternalError, ProgrammingError, transaction
from django.urls import reverse

from panoh.access.entrances import Actor
from panoh.access.models import AuditEntry
from panoh.casework import actions
from panoh.casework.models import ArrivalList, ArrivalRow, ColumnMemory, Person
from panoh.casework.queries.columns import columns_seen
from panoh.casework.queries.lists import counts_of, how_read
from panoh.casework.reading.refusals import FieldTwice, HeaderMissing, NameColumnMissing, NamesNotSaid
from panoh.casework.refusals import FileNotKept, ListNotDraft, NothingToConfirm, SameFile
from panoh.casework.tests import factories as make
from panoh.vault.models import SealedPart
from panoh.vault.queries import Group, open_identity, open_parts

pytestmark = pytest.mark.django_db

PEOPLE = (
    "Gavharova Nodira,жен,04.03.1990,+998 00 000 00 01",
    "Qimmatova Lola,жен,05.06.2015,",
    "Yoqutova Sabo,жен,07.08.2017,",
)
HEADINGS = "ФИО,Пол,Дата рождения,Телефон"
STRANGE = "Zzyx,Qqwv,Xxkj,Vvbn"
NAMES_ONLY_STRANGE = "Zzyx,Пол,Дата рождения,Телефон"
SAID = {0: "name", 1: "sex", 2: "birth", 3: "phone"}
LEFT_OUT, SAME, NONE = (ArrivalRow.Decision[name] for name in ("LEFT_OUT", "SAME", "NONE"))


@pytest.fixture
def boss() -> Actor:
    return make.actor("coordinator", "Coordination")


def send(boss: Actor, *rows: str, sender: str = "ministry", can_wait: bool = True, **given: Any) -> ArrivalList:
    content = "\n".join(rows).encode()
    given = {"file_name": "list.csv", "kind": "passenger", **given}
    return actions.read_list(boss, content=content, sender=sender, can_wait=can_wait, **given)


def others(letter: str) -> tuple[str, ...]:
    """Return people of another list, so that it is not the same file."""
    return tuple(f"Durdonaeva{letter} {row}" for row in PEOPLE)


def again(arrivals: ArrivalList) -> ArrivalList:
    return ArrivalList.objects.get(pk=arrivals.pk)


def facts_of(arrivals: ArrivalList, field: str) -> list[str]:
    opened = open_parts(arrivals.rows.values_list("facts_id", flat=True))
    return [opened[row.facts_id]["facts"][field] for row in arrivals.rows.all()]


def files() -> int:
    return SealedPart.objects.filter(group=Group.LIST_FILE).count()


# --- a list that nobody can read yet -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("headings", "refused", "why"),
    [
        ((), HeaderMissing, "No row with column headings was found in the first 2 rows."),
        ((NAMES_ONLY_STRANGE,), NameColumnMissing, "Row 1 holds the headings, but none of them is a heading of names."),
    ],
)
def test_a_list_of_which_nobody_can_tell_the_names_waits_and_is_read_once_somebody_says_them(
    boss: Actor, headings: tuple[str, ...], refused: type[Exception], why: str
) -> None:
    with pytest.raises(refused):
        send(boss, *headings, *PEOPLE[:2], can_wait=False)
    arrivals = send(boss, *headings, *PEOPLE[:2])
    assert how_read(arrivals).waits_because == why
    assert counts_of(arrivals).tabs["broken"] == counts_of(arrivals).tabs["all"] == 2, "no row is dropped"
    with pytest.raises(NothingToConfirm):
        actions.confirm_list(boss, arrivals)
    done = actions.read_anew(boss, arrivals, columns=SAID)
    assert (done.rows, done.changed, done.to_decide_again) == (2, 2, 0)
    assert not how_read(again(arrivals)).waits_because
    assert facts_of(arrivals, "phone") == ["+998 00 000 00 01", ""]
    assert actions.confirm_list(boss, arrivals).persons == 2
    person = Person.objects.order_by("pk").first()
    assert open_identity(boss, person.identity_id, purpose="correction").known_as == "Gavharova Nodira"


def test_of_a_list_that_waits_what_its_values_tell_is_proposed_with_what_stands_in_it(boss: Actor) -> None:
    arrivals = send(boss, *PEOPLE)
    before = AuditEntry.objects.filter(step="list.see", about=arrivals.code).count()
    seen = columns_seen(boss, arrivals, how_read(arrivals))
    assert [(one.line.letter, one.line.field) for one in seen] == [
        ("A", "name"),
        ("B", "sex"),
        ("C", "birth"),
        ("D", ""),
    ]
    assert [list(one.samples) for one in seen[1:]] == [
        ["жен"], ["04.03.1990", "05.06.2015", "07.08.2017"], ["+998 00 000 00 01"],
    ]  # fmt: skip
    assert AuditEntry.objects.filter(step="list.see", about=arrivals.code).count() == before + 1


def test_a_list_that_waits_is_the_same_file_when_it_is_sent_again(boss: Actor) -> None:
    arrivals = send(boss, *PEOPLE)
    with pytest.raises(SameFile):
        send(boss, *PEOPLE, columns=SAID)
    actions.discard_list(boss, arrivals)
    assert send(boss, *PEOPLE, columns=SAID).rows.count() == 3


# --- this list and the next --------------------------------------------------------------------------------------


def test_a_wrong_guess_put_right_reads_this_list_and_the_next_of_this_sender_and_of_nobody_else(boss: Actor) -> None:
    arrivals = send(boss, HEADINGS, *PEOPLE)
    done = actions.read_anew(boss, arrivals, columns={**SAID, 3: "document"})
    assert (done.rows, done.changed) == (3, 1)
    assert facts_of(arrivals, "phone") == ["", "", ""]
    assert facts_of(arrivals, "document_number") == ["+998 00 000 00 01", "", ""]
    next_one, other = send(boss, HEADINGS, *others("a")), send(boss, HEADINGS, *others("b"), sender="embassy")
    assert facts_of(next_one, "document_number")[0]
    assert facts_of(other, "document_number") == ["", "", ""]
    assert facts_of(other, "phone")[0]


@pytest.mark.parametrize("headings", [STRANGE, NAMES_ONLY_STRANGE])
def test_headings_in_words_nobody_knew_are_known_at_the_senders_next_list(boss: Actor, headings: str) -> None:
    actions.read_anew(boss, send(boss, headings, *PEOPLE[:2]), columns=SAID)
    following = send(boss, headings, *others("a")[:2], can_wait=False)
    assert facts_of(following, "name")[0] == "Durdonaevaa Gavharova Nodira"
    assert facts_of(following, "sex") == ["female"] * 2
    with pytest.raises((HeaderMissing, NameColumnMissing)):
        send(boss, headings, *others("b")[:2], sender="embassy", can_wait=False)


def test_what_is_put_back_is_remembered_as_well(boss: Actor) -> None:
    arrivals = send(boss, HEADINGS, *PEOPLE)
    actions.read_anew(boss, arrivals, columns={**SAID, 3: ""})
    actions.read_anew(boss, again(arrivals), columns=SAID)
    assert facts_of(arrivals, "phone")[0]
    assert facts_of(send(boss, HEADINGS, *others("a")), "phone")[0]


def test_without_a_sender_nothing_is_remembered(boss: Actor) -> None:
    actions.read_anew(boss, send(boss, HEADINGS, *PEOPLE, sender=""), columns={**SAID, 3: ""})
    assert not ColumnMemory.objects.exists()
    assert facts_of(send(boss, HEADINGS, *others("a"), sender=""), "phone")[0]


def test_what_was_said_of_one_column_stays_when_another_is_said(boss: Actor) -> None:
    arrivals = send(boss, HEADINGS, *PEOPLE)
    actions.read_anew(boss, arrivals, columns={3: ""})
    actions.read_anew(boss, again(arrivals), columns={1: ""})
    assert facts_of(arrivals, "phone") == ["", "", ""]
    assert facts_of(arrivals, "name")[0] == "Gavharova Nodira"


def test_the_kind_of_a_list_is_put_right_and_stays_until_it_is_to_be_found_out(boss: Actor) -> None:
    arrivals = send(boss, HEADINGS, *PEOPLE, kind=None)
    actions.read_anew(boss, arrivals, columns={}, kind="camp")
    actions.read_anew(boss, again(arrivals), columns={3: ""})
    assert again(arrivals).kind == "camp"
    actions.read_anew(boss, again(arrivals), columns={}, kind="")
    assert again(arrivals).kind == "passenger"


@pytest.mark.parametrize(
    ("said", "refused"), [({**SAID, 3: "name"}, FieldTwice), ({0: "", 1: "", 2: "", 3: ""}, NamesNotSaid)]
)
def test_columns_that_cannot_be_meant_are_refused_and_the_list_stays_as_it_was(
    boss: Actor, said: dict[int, str], refused: type[Exception]
) -> None:
    arrivals = send(boss, HEADINGS, *PEOPLE)
    before = list(arrivals.rows.values_list("pk", "number"))
    with pytest.raises(refused):
        actions.read_anew(boss, arrivals, columns=said)
    assert list(arrivals.rows.values_list("pk", "number")) == before
    assert not ColumnMemory.objects.exists()


# --- decisions ---------------------------------------------------------------------------------------------------


def test_what_was_decided_on_rows_that_read_as_before_stays_and_the_others_are_asked_again(boss: Actor) -> None:
    arrivals = send(boss, HEADINGS, *PEOPLE)
    first, second, third = arrivals.rows.all()
    for row in (first, second):
        actions.decide_row(boss, arrivals, row=row, decision=LEFT_OUT, reason="wrong_list")
    actions.mend_row(boss, arrivals, row=third, facts={"name": "Yoqutova Sabohat"})
    done = actions.read_anew(boss, arrivals, columns={**SAID, 3: ""})
    assert (done.changed, done.to_decide_again) == (1, 1), "only the first has a telephone"
    assert list(arrivals.rows.values_list("decision", flat=True)) == [NONE, LEFT_OUT, ArrivalRow.Decision.MENDED]
    assert facts_of(arrivals, "name")[2] == "Yoqutova Sabohat"
    assert {second.pk, third.pk} < set(arrivals.rows.values_list("pk", flat=True))


def test_who_was_the_same_as_a_row_that_reads_otherwise_is_asked_about_again(boss: Actor) -> None:
    arrivals = send(boss, HEADINGS, *PEOPLE)
    first, second, _ = arrivals.rows.all()
    actions.decide_row(boss, arrivals, row=second, decision=SAME, same_as=first)
    assert actions.read_anew(boss, arrivals, columns={**SAID, 3: ""}).to_decide_again == 1
    again_asked = arrivals.rows.get(pk=second.pk)
    assert (again_asked.decision, again_asked.same_as, again_asked.decided_by) == (NONE, None, None)
    assert actions.confirm_list(boss, arrivals).persons == 3, "nobody is lost"


# --- the file ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("end", [actions.confirm_list, actions.discard_list])
def test_the_file_is_gone_and_the_list_is_not_read_anew_once_it_is_no_draft(boss: Actor, end: Any) -> None:
    arrivals = send(boss, HEADINGS, *PEOPLE, "Yoqutova Sabo,жен,07.08.2017,")
    assert files() == 1
    assert arrivals.rows.filter(is_held=True).exists(), "a part of it waits when it is confirmed"
    end(boss, arrivals)
    assert files() == 0
    for known in (arrivals, again(arrivals)):  # as it was loaded before, and as it is
        with pytest.raises((ListNotDraft, FileNotKept)):
            actions.read_anew(boss, known, columns=SAID)
    assert arrivals.rows.count() == 4


def test_the_file_is_kept_byte_by_byte_and_sealed(boss: Actor) -> None:
    arrivals = send(boss, HEADINGS, *PEOPLE)
    sealed = bytes(SealedPart.objects.get(pk=arrivals.file_id).sealed)
    assert b"Gavharova" not in sealed
    assert len(sealed) == len("\n".join((HEADINGS, *PEOPLE)).encode()) + 1 + 12 + 16


def test_not_even_the_application_deletes_a_row_of_a_list_that_is_no_draft(boss: Actor) -> None:
    arrivals = make.listed(boss, "Gavharova Nodira,жен,04.03.1990,мать,1")
    with pytest.raises((ProgrammingError, InternalError)), transaction.atomic():
        ArrivalRow.objects.filter(arrival_list=arrivals)._raw_delete("default")
    assert arrivals.rows.exists()


# --- the page ----------------------------------------------------------------------------------------------------


def test_a_person_imports_a_list_without_headings_says_its_columns_and_registers_it(boss: Actor) -> None:
    client = make.client_of(boss)
    file = SimpleUploadedFile("list.csv", "\n".join(PEOPLE).encode())
    asked = client.post(reverse("list-import"), {"file": file, "sender": "ministry", "kind": ""}, follow=True)
    arrivals = ArrivalList.objects.get()
    where = reverse("list-columns", args=[arrivals.code])
    assert asked.redirect_chain[-1][0] == where
    words = asked.content.decode()
    for shown in ("No row with column headings was found", "Gavharova Nodira", "without heading", "05.06.2015"):
        assert shown in words
    assert "Its rows wait until somebody says" in client.get(reverse("list", args=[arrivals.code])).content.decode()
    said = {f"column-{index}": field for index, field in SAID.items()}
    read = client.post(where, {**said, "kind": "camp"}, follow=True).content.decode()
    assert "The list was read anew: 3 rows. 3 rows read otherwise than before." in read
    assert "camp list" in read
    actions.confirm_list(boss, again(arrivals))
    closed = client.get(where).content.decode()
    assert "This list is no draft any more and stays as it was read." in closed


def test_the_page_says_how_many_decisions_were_lost_and_refuses_in_its_own_words(boss: Actor) -> None:
    client = make.client_of(boss)
    arrivals = send(boss, HEADINGS, *PEOPLE)
    actions.decide_row(boss, arrivals, row=arrivals.rows.get(number=1), decision=LEFT_OUT, reason="wrong_list")
    where = reverse("list-columns", args=[arrivals.code])
    assert (
        "1 row is decided: if it reads otherwise then, it is asked about again." in client.get(where).content.decode()
    )
    refused = client.post(where, {"column-3": "name", "kind": ""})
    assert refused.status_code == 422
    assert "Columns A, D cannot all be “name”." in refused.content.decode()
    done = client.post(where, {"column-3": "", "kind": ""}, follow=True).content.decode()
    assert "1 decision has to be taken again." in done


def test_a_confirmed_list_stays_as_it_was_read_and_the_next_is_read_as_put_right(boss: Actor) -> None:
    client = make.client_of(boss)
    arrivals = send(boss, HEADINGS, *PEOPLE)
    actions.confirm_list(boss, arrivals)
    said = {f"column-{index}": field for index, field in {**SAID, 3: ""}.items()}
    done = client.post(reverse("list-columns", args=[arrivals.code]), said, follow=True).content.decode()
    assert "Remembered for the next lists of this sender." in done
    assert facts_of(arrivals, "phone")[0]
    assert facts_of(send(boss, HEADINGS, *others("a")), "phone") == ["", "", ""]
