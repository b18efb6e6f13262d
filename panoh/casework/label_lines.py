"""The labels of the data files as lines of Python, so that makemessages finds them for the translators.

Run `python -m panoh.casework.label_lines` after changing a label; a test tells when it was forgotten.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

PACKAGE = Path(__file__).resolve().parents[1]
LONGEST = 121  # with the end of the line
WRITTEN = Path(__file__).with_name("data_labels.py")
SHOWN = frozenset({"label", "one", "area", "help", "provider", "terms"})
# Names of places are written as they are, not translated.
LEFT_OUT = frozenset({"districts.toml", "never_built.toml"})

HEAD = '''"""Every label of the data files. Written by `python -m panoh.casework.label_lines`; not changed by hand."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

LABELS = (
'''


def labels() -> list[str]:
    """Return every text of our data files that a reader sees, each once, in alphabetical order."""
    found: set[str] = set()
    for file in PACKAGE.glob("*/data/*.toml"):
        if file.name not in LEFT_OUT:
            found.update(_shown(tomllib.loads(file.read_text(encoding="utf-8"))))
    return sorted(found)


def source() -> str:
    """Return the module that holds all labels."""
    lines = []
    for label in labels():
        quoted = label.replace("\\", "\\\\").replace('"', '\\"')
        line = f'    _("{quoted}"),\n'
        lines.append(line if len(line) <= LONGEST else f'    _(\n        "{quoted}"\n    ),\n')  # as ruff has it
    return HEAD + "".join(lines) + ")\n"


def _shown(read: Any) -> Iterator[str]:
    if isinstance(read, dict):
        for key, value in read.items():
            if key in SHOWN and isinstance(value, str):
                yield value
            else:
                yield from _shown(value)
    elif isinstance(read, list):
        for value in read:
            yield from _shown(value)


if __name__ == "__main__":
    WRITTEN.write_text(source(), encoding="utf-8")
