"""The list of OWASP ASVS 5.0 in docs/asvs.md: complete, without repetition, and naming only what is there."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path

REPOSITORY = Path(__file__).parents[2]
LIST = REPOSITORY / "docs" / "asvs.md"
STATES = ["held", "held, no test", "open", "not applicable"]
# The levels of the requirements of each section, one after the other. Source: OWASP ASVS 5.0.0.
LEVELS = """
1.1 22  1.2 1111122223  1.3 112222222223  1.4 222  1.5 123
2.1 122  2.2 112  2.3 12223  2.4 23
3.1 3  3.2 113  3.3 12223  3.4 11222233  3.5 11122333  3.6 3  3.7 22333
4.1 12233  4.2 23333  4.3 22  4.4 1222
5.1 2  5.2 112333  5.3 113  5.4 222
6.1 122  6.2 111111112222  6.3 11223333  6.4 112233  6.5 22222333  6.6 2223  6.7 33  6.8 2222
7.1 222  7.2 1111  7.3 22  7.4 11222  7.5 223  7.6 22
8.1 1233  8.2 1123  8.3 133  8.4 23
9.1 111  9.2 1222
10.1 22  10.2 223  10.3 22223  10.4 1111122222233333  10.5 22222  10.6 22  10.7 222
11.1 2233  11.2 22233  11.3 11233  11.4 1222  11.5 23  11.6 23  11.7 33
12.1 12233  12.2 11  12.3 22223
13.1 2333  13.2 222223  13.3 2233  13.4 1222233
14.1 22  14.2 12223333  14.3 122
15.1 12233  15.2 12233  15.3 1222222  15.4 3333
16.1 2  16.2 22222  16.3 2222  16.4 222  16.5 2223
17.1 23  17.2 22223333  17.3 22
"""
CRYPTOGRAPHY = re.compile(r"^\s*(?:from|import) (?:hashlib|hmac|secrets|cryptography|django\.utils\.crypto)\b", re.M)


@dataclass(frozen=True)
class Row:
    """One line of a table: one requirement, or several that share an answer."""

    numbers: tuple[str, ...]
    level: str
    by: str
    state: str


def spelled(numbers: str) -> tuple[str, ...]:
    """Return the single numbers of "4.3.1–2, 5.1.1"."""
    found = []
    for part in numbers.split(", "):
        section, first, last = re.fullmatch(r"(\d+\.\d+)\.(\d+)(?:–(\d+))?", part).groups()
        found += [f"{section}.{n}" for n in range(int(first), int(last or first) + 1)]
    return tuple(found)


def levels() -> dict[str, str]:
    words = LEVELS.split()
    pairs = zip(words[::2], words[1::2], strict=True)
    return {f"{section}.{n}": level for section, each in pairs for n, level in enumerate(each, 1)}


@cache
def rows() -> list[Row]:
    lines = [line for line in LIST.read_text().splitlines() if re.match(r"\| \d+\.", line)]
    cells = [line.strip("| ").split(" | ") for line in lines]
    assert all(len(each) == 5 for each in cells), [each for each in cells if len(each) != 5]
    return [Row(spelled(number), level, by, state) for number, level, _, by, state in cells]


def marked(text: str) -> list[str]:
    return re.findall(r"`([^`\n]+)`", text)


def named_tests(text: str) -> list[tuple[str, str]]:
    return re.findall(r"`([\w/]+\.py)::(test_\w+)`", text)


@cache
def code() -> str:
    return "\n".join(file.read_text() for file in (REPOSITORY / "panoh").rglob("*.py") if "tests" not in file.parts)


def test_every_requirement_of_levels_1_and_2_stands_there_once_with_its_level() -> None:
    known = levels()
    assert Counter(known.values()) == {"1": 70, "2": 183, "3": 92}
    listed = [number for row in rows() for number in row.numbers]
    assert [number for number, times in Counter(listed).items() if times > 1] == []
    assert {number for number, level in known.items() if level != "3"} - set(listed) == set()
    for row in rows():
        assert set(row.level.split("–")) == {known[number] for number in row.numbers}, row


def test_every_test_and_file_that_the_list_names_is_there() -> None:
    text = LIST.read_text()
    assert len(named_tests(text)) > 100
    for name, test in named_tests(text):
        assert re.search(rf"^def {test}\(", (REPOSITORY / name).read_text(), re.M), f"{name}::{test}"
    paths = [word for word in marked(text) if re.fullmatch(r"[\w.-]+(?:/[\w.-]+)*\.(?:py|toml|txt|html|js|md)", word)]
    assert len(paths) > 40
    assert [path for path in paths if not (REPOSITORY / path).is_file()] == []


def test_every_state_names_what_it_rests_on() -> None:
    for row in rows():
        assert row.state in STATES, row
        if row.state == "held":
            assert named_tests(row.by), row
        if row.state == "held, no test":
            assert [word for word in marked(row.by) if "/" in word or word.isupper() or "." in word], row


def test_every_setting_that_the_list_names_is_set() -> None:
    named = {word for row in rows() for word in marked(row.by) if re.fullmatch(r"[A-Z]+(?:_[A-Z]+)*", word)}
    assert len(named) > 20
    assert {name for name in named if not re.search(rf"\b{name}\b", code())} == set()


def test_what_is_open_is_said_at_the_top() -> None:
    top = LIST.read_text().split("## Open")[1].split("\n## ")[0]
    said = [number for numbers in re.findall(r"^- (\d[\d., ]+):", top, re.M) for number in spelled(numbers)]
    assert sorted(said) == sorted(number for row in rows() if row.state == "open" for number in row.numbers)


def test_the_counts_fit() -> None:
    counts = Counter({row.state: 0 for row in rows()})
    for row in rows():
        counts[row.state] += len(row.numbers)
    (said,) = re.findall(r"^\| held \|.*\n\|[ |-]+\n\| (.+) \|$", LIST.read_text(), re.M)
    assert [int(number) for number in said.split(" | ")] == [*(counts[state] for state in STATES), counts.total()]


def test_the_inventory_names_every_module_that_uses_cryptography() -> None:
    (inventory,) = re.findall(r"### Keys and digests\n(.*?)\n#", LIST.read_text(), re.S)
    files = [file for file in (REPOSITORY / "panoh").rglob("*.py") if "tests" not in file.parts]
    using = {str(file.relative_to(REPOSITORY)) for file in files if CRYPTOGRAPHY.search(file.read_text())}
    assert {word for word in marked(inventory) if word.endswith(".py")} == using
