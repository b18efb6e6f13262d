"""The family tree: who stands where, and the lines between them, as whole numbers of pixels.

Drawn like a genogram: square for male, round for female, six-sided where the sex is not recorded; a solid line
is verified, a broken one stated; couples stand side by side, children below. Source: McGoldrick, Genograms (2008).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from panoh.web.pictures.generations import Pair, generations
from panoh.web.pictures.lettering import in_lines, shortened
from panoh.web.pictures.rows import places

BOX_WIDTH, BOX_HEIGHT = 148, 74
GAP = 26
ROW_GAP = 52
LANE = 7
MARGIN = 10
UNLINKED_PER_ROW = 4
LINES = 4
NAME_ROOM = 16.5  # average letters that fit on a line of a box
DETAIL_ROOM = 20.0


class TreePerson(Protocol):
    """A person to draw: sex is "f", "m" or else; state is "" or words such as "missing"."""

    @property
    def code(self) -> str: ...
    @property
    def label(self) -> str: ...
    @property
    def detail(self) -> str: ...
    @property
    def sex(self) -> str: ...
    @property
    def state(self) -> str: ...


class TreeLink(Protocol):
    """A link to draw; a parent or guardian is `a`, their child `b`."""

    @property
    def kind(self) -> str: ...
    @property
    def a(self) -> str: ...
    @property
    def b(self) -> str: ...
    @property
    def verified(self) -> bool: ...


@dataclass(frozen=True)
class Words:
    """One line of text in a box: where its baseline is, and which of the styles it has."""

    text: str
    y: int
    style: str


@dataclass(frozen=True)
class Box:
    """One person in the picture."""

    code: str
    title: str
    sex: str
    x: int
    y: int
    width: int
    height: int
    row: int
    outline: str
    words: tuple[Words, ...]
    away: bool

    @property
    def middle(self) -> int:
        """Return the horizontal middle."""
        return self.x + self.width // 2

    @property
    def bottom(self) -> int:
        """Return the lower edge."""
        return self.y + self.height


@dataclass(frozen=True)
class Line:
    """One line of the picture as an SVG path."""

    kind: str
    verified: bool
    path: str


@dataclass(frozen=True)
class TreePicture:
    """A laid-out family tree."""

    width: int
    height: int
    boxes: tuple[Box, ...] = ()
    lines: tuple[Line, ...] = ()
    kinds: frozenset[str] = field(default_factory=frozenset)


def tree_picture(people: Sequence[TreePerson], links: Sequence[TreeLink]) -> TreePicture:
    """Return the picture of a family: one box per person, no two overlapping, parents above their children.

    Links to people who are not in the list, and of people to themselves, are left out.
    """
    by_code = {person.code: person for person in people}
    known = [link for link in links if link.a in by_code and link.b in by_code and link.a != link.b]
    rows = _rows(list(by_code), known)
    up_down = _pairs(known, "parent", "guardian")
    left = places(rows, spouses=_pairs(known, "spouse"), up_down=up_down, box=BOX_WIDTH, gap=GAP)
    lanes = _lanes(rows, known)
    boxes: dict[str, Box] = {}
    y = MARGIN
    for number, row in enumerate(rows):
        y += lanes.get(number, 0) * LANE
        for code in row:
            boxes[code] = _box(by_code[code], MARGIN + round(left[code]), y, number)
        y += BOX_HEIGHT + ROW_GAP
    lines = tuple(_Drawing(boxes, known).lines())
    width = max((box.x + box.width for box in boxes.values()), default=0) + MARGIN
    height = max((box.bottom for box in boxes.values()), default=0) + MARGIN + LANE * 2
    ordered = tuple(boxes[person] for person in by_code)
    return TreePicture(width, height, ordered, lines, frozenset(line.kind for line in lines))


def _pairs(links: Sequence[TreeLink], *kinds: str) -> list[Pair]:
    return [(link.a, link.b) for link in links if link.kind in kinds]


def _rows(codes: Sequence[str], links: Sequence[TreeLink]) -> list[list[str]]:
    """Return the rows from the oldest generation down; people without any link come last, in rows of their own."""
    linked = {code for link in links for code in (link.a, link.b)}
    rank = generations(
        codes,
        parents=_pairs(links, "parent"),
        beside=_pairs(links, "spouse") + _pairs(links, "sibling"),
        guardians=_pairs(links, "guardian"),
    )
    rows: dict[int, list[str]] = defaultdict(list)
    for code in codes:
        if code in linked:
            rows[rank[code]].append(code)
    alone = [code for code in codes if code not in linked]
    unlinked = [alone[n : n + UNLINKED_PER_ROW] for n in range(0, len(alone), UNLINKED_PER_ROW)]
    return [rows[number] for number in sorted(rows)] + unlinked


def _lanes(rows: Sequence[Sequence[str]], links: Sequence[TreeLink]) -> dict[int, int]:
    """Return how many lines run side by side above each row, so that the gap there is wide enough."""
    row_of = {code: number for number, row in enumerate(rows) for code in row}
    sources: dict[int, set[tuple[str, str]]] = defaultdict(set)
    for link in links:
        if row_of[link.a] != row_of[link.b]:
            sources[max(row_of[link.a], row_of[link.b])].add((link.a, link.kind))
    return {number: max(0, len(found) - 2) for number, found in sources.items()}


def _box(person: TreePerson, x: int, y: int, row: int) -> Box:
    names = in_lines(person.label, NAME_ROOM, LINES - bool(person.detail) - bool(person.state))
    lines = [(name, "tree-name") for name in names]
    lines += [(shortened(person.detail, DETAIL_ROOM), "tree-detail")] if person.detail else []
    lines += [(shortened(person.state, DETAIL_ROOM), "tree-state")] if person.state else []
    first = y + (BOX_HEIGHT - 16 * len(lines)) // 2 + 12
    words = tuple(Words(text, first + 16 * n, style) for n, (text, style) in enumerate(lines))
    sex = person.sex if person.sex in {"f", "m"} else "u"
    title = ", ".join(part for part in (person.label, person.detail, person.state) if part)
    outline = _outline(sex, x, y)
    return Box(person.code, title, sex, x, y, BOX_WIDTH, BOX_HEIGHT, row, outline, words, bool(person.state))


def _outline(sex: str, x: int, y: int) -> str:
    """Return the outline of a box as an SVG path: square, round or six-sided."""
    right, bottom = x + BOX_WIDTH, y + BOX_HEIGHT
    if sex == "m":
        return f"M{x} {y}H{right}V{bottom}H{x}Z"
    if sex == "f":
        r = 28
        return (
            f"M{x + r} {y}H{right - r}A{r} {r} 0 0 1 {right} {y + r}V{bottom - r}A{r} {r} 0 0 1 {right - r} {bottom}"
            f"H{x + r}A{r} {r} 0 0 1 {x} {bottom - r}V{y + r}A{r} {r} 0 0 1 {x + r} {y}Z"
        )
    cut, half = 13, y + BOX_HEIGHT // 2
    return f"M{x + cut} {y}H{right - cut}L{right} {half}L{right - cut} {bottom}H{x + cut}L{x} {half}Z"


class _Drawing:
    """The lines of one picture; parents' lines run in lanes between the rows, one lane for each couple or parent."""

    def __init__(self, boxes: Mapping[str, Box], links: Sequence[TreeLink]) -> None:
        self.boxes = boxes
        self.links = links
        self.lanes_taken: dict[int, int] = defaultdict(int)
        self.parents_of: dict[str, set[str]] = defaultdict(set)
        for older, younger in _pairs(links, "parent"):
            self.parents_of[younger].add(older)

    def lines(self) -> list[Line]:
        """Return the lines, those that many share first."""
        drawn = self._descent("parent") + self._descent("guardian")
        for link in self.links:
            if link.kind in {"parent", "guardian"}:
                continue
            if link.kind == "sibling" and self.parents_of[link.a] & self.parents_of[link.b]:
                continue  # their common parent already shows it
            kind = link.kind if link.kind in {"spouse", "sibling"} else "other"
            drawn.append(Line(kind, link.verified, self._beside(self.boxes[link.a], self.boxes[link.b], kind)))
        return drawn

    def _descent(self, kind: str) -> list[Line]:
        """Return the lines from parents or guardians down to children, joined where a couple shares them."""
        wanted: dict[tuple[str, bool], list[str]] = defaultdict(list)  # (child, verified) → those above
        for link in self.links:
            if link.kind == kind and link.a not in wanted[link.b, link.verified]:
                wanted[link.b, link.verified].append(link.a)
        sources: dict[tuple[tuple[str, ...], bool], list[str]] = defaultdict(list)
        for (child, verified), above in wanted.items():
            for source in self._joined(above, kind):
                sources[source, verified].append(child)
        drawn = []
        for (source, verified), children in sources.items():
            drawn += [Line(kind, verified, path) for path in self._down(source, children, kind)]
        return drawn

    def _joined(self, above: Sequence[str], kind: str) -> list[tuple[str, ...]]:
        spouses = {frozenset((link.a, link.b)) for link in self.links if link.kind == "spouse"}
        if kind == "parent" and len(above) == 2 and frozenset(above) in spouses:
            one, other = sorted((self.boxes[code] for code in above), key=lambda box: (box.row, box.x))
            if one.row == other.row and other.x - one.x <= BOX_WIDTH + GAP + 1:
                return [(one.code, other.code)]
        return [(code,) for code in above]

    def _down(self, source: tuple[str, ...], children: Sequence[str], kind: str) -> list[str]:
        tops = [self.boxes[code] for code in source]
        aside = 16 if kind == "guardian" else 0
        start_x = sum(box.middle for box in tops) // len(tops) + aside
        start_y = tops[0].y + BOX_HEIGHT // 2 if len(tops) > 1 else tops[0].bottom
        paths = []
        lane_of: dict[int, int] = {}
        for child in (self.boxes[code] for code in children):
            if child.row <= tops[0].row:
                paths.append(self._beside(tops[0], child, "other"))
                continue
            if child.row not in lane_of:
                lane_of[child.row] = child.y - 14 - LANE * self.lanes_taken[child.row]
                self.lanes_taken[child.row] += 1
            paths.append(f"M{start_x} {start_y}V{lane_of[child.row]}H{child.middle + aside}V{child.y}")
        return paths

    def _beside(self, one: Box, other: Box, kind: str) -> str:
        """Return a line between two people: straight if they are neighbours, else in a bow over or under the rest."""
        first, last = sorted((one, other), key=lambda box: (box.row, box.x))
        if first.row != last.row:
            lane = last.y - 10
            return f"M{first.middle - 22} {first.bottom}V{lane}H{last.middle - 22}V{last.y}"
        if last.x - first.x <= BOX_WIDTH + GAP + 1 and kind != "sibling":
            middle = first.y + BOX_HEIGHT // 2
            return f"M{first.x + first.width} {middle}H{last.x}"
        if kind == "sibling":
            return f"M{first.middle - 10} {first.y}v-8H{last.middle - 10}v8"
        return f"M{first.middle + 30} {first.bottom}v12H{last.middle - 30}v-12"
