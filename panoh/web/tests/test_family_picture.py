"""What a reader of the family tree relies on."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from panoh.web.pictures.family import tree_picture
from panoh.web.pictures.generations import generations

KINDS = ("parent", "spouse", "sibling", "guardian", "other")


@dataclass(frozen=True)
class Someone:
    code: str
    label: str = "Zarnigor Tolibova"
    detail: str = ""
    sex: str = "f"
    state: str = ""


@dataclass(frozen=True)
class Link:
    kind: str
    a: str
    b: str
    verified: bool = True


def people(*codes: str) -> list[Someone]:
    return [Someone(code) for code in codes]


@st.composite
def families(draw, kinds=KINDS, most=15):
    codes = [f"P{n}" for n in range(draw(st.integers(0, most)))]
    somebody = st.sampled_from(codes) if codes else st.nothing()
    links = st.builds(Link, st.sampled_from(kinds), somebody, somebody, st.booleans())
    label, state = st.sampled_from(["", "Zarnigor", "unknown girl, row 41", "m" * 90]), st.sampled_from(["", "missing"])
    members = [Someone(c, draw(label), draw(label), draw(st.sampled_from("fmu")), draw(state)) for c in codes]
    return members, draw(st.lists(links, max_size=25)) if codes else []


@st.composite
def families_without_circles(draw):
    members, links = draw(families(kinds=("parent",)))
    down = [link for link in links if int(link.a[1:]) < int(link.b[1:])]
    return members, down


@given(families())
def test_every_person_has_exactly_one_box_inside_the_picture_whatever_the_links(family):
    members, links = family
    picture = tree_picture(members, links)
    assert [box.code for box in picture.boxes] == [person.code for person in members]
    for box in picture.boxes:
        assert box.x >= 0
        assert box.y >= 0
        assert box.x + box.width <= picture.width
        assert box.bottom <= picture.height


@given(families())
def test_no_two_boxes_overlap(family):
    for one, other in combinations(tree_picture(*family).boxes, 2):
        apart = one.x + one.width <= other.x or other.x + other.width <= one.x
        assert apart or one.bottom <= other.y or other.bottom <= one.y


@given(families_without_circles())
def test_parents_stand_above_their_children(family):
    members, links = family
    boxes = {box.code: box for box in tree_picture(members, links).boxes}
    for link in links:
        assert boxes[link.a].bottom < boxes[link.b].y


@given(families_without_circles(), st.data())
def test_couples_and_siblings_never_push_a_child_above_a_parent(family, data):
    members, links = family
    if members:
        somebody = st.sampled_from([person.code for person in members])
        beside = st.builds(Link, st.sampled_from(["spouse", "sibling", "guardian"]), somebody, somebody)
        links = links + data.draw(st.lists(beside, max_size=8))
    boxes = {box.code: box for box in tree_picture(members, links).boxes}
    for link in links:
        if link.kind == "parent":
            assert boxes[link.a].bottom < boxes[link.b].y


@given(families())
def test_every_couple_is_joined_by_a_line(family):
    members, links = family
    picture = tree_picture(members, links)
    couples = {(link.a, link.b) for link in links if link.kind == "spouse" and link.a != link.b}
    assert sum(line.kind == "spouse" for line in picture.lines) >= len(couples)


def test_a_couple_stands_side_by_side_above_its_child():
    links = [Link("parent", "mother", "child"), Link("parent", "father", "child"), Link("spouse", "mother", "father")]
    child, mother, father = tree_picture(people("child", "mother", "father"), links).boxes
    assert mother.y == father.y < child.y
    assert abs(mother.x - father.x) < 2 * mother.width
    assert child.middle == (mother.middle + father.middle) // 2


def test_a_line_tells_what_is_verified_from_what_is_only_stated():
    links = [Link("parent", "aunt", "boy", verified=False), Link("parent", "aunt", "girl", verified=True)]
    lines = tree_picture(people("aunt", "boy", "girl"), links).lines
    assert {(line.kind, line.verified) for line in lines} == {("parent", True), ("parent", False)}


def test_people_without_any_link_stand_in_rows_of_their_own():
    boxes = {b.code: b for b in tree_picture(people("a", "b", "c", "d"), [Link("parent", "a", "b")]).boxes}
    assert boxes["c"].y == boxes["d"].y > boxes["b"].bottom


def test_a_grandmother_on_the_other_side_stands_above_her_daughter_not_at_the_top():
    links = [
        Link("parent", "great", "grand"),
        Link("parent", "grand", "father"),
        Link("parent", "father", "child"),
        Link("parent", "mother", "child"),
        Link("parent", "other_grand", "mother"),
    ]
    family = people("great", "grand", "father", "child", "mother", "other_grand")
    boxes = {box.code: box for box in tree_picture(family, links).boxes}
    assert boxes["other_grand"].y == boxes["grand"].y
    assert boxes["mother"].y == boxes["father"].y


def test_a_person_who_is_their_own_ancestor_in_the_data_still_gets_a_picture():
    circle = [("a", "b"), ("b", "c"), ("c", "a")]
    assert generations(["a", "b", "c"], parents=circle, beside=[], guardians=[]) == {"a": 0, "b": 1, "c": 2}


def test_a_link_to_somebody_outside_the_family_is_left_out():
    assert tree_picture(people("a"), [Link("parent", "a", "elsewhere"), Link("sibling", "a", "a")]).lines == ()


def test_a_long_name_is_cut_in_the_box_and_whole_in_the_title():
    name = "Muhammadsharifjonova Gulchehraoyim Abdurahmonbek qizi, called Umm Abdurrahmon"
    (box,) = tree_picture([Someone("a", name, "32", state="missing")], []).boxes
    assert [words.text for words in box.words[2:]] == ["32", "missing"]
    assert box.words[1].text.endswith("…")
    assert name in box.title
