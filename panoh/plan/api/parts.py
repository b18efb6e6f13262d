"""What requests and answers of the plan are made of."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from ninja import Field, Schema
from pydantic import StringConstraints

from panoh.access.api import NO_OTHER_KEYS
from panoh.access.wordings import Wording
from panoh.plan.actions import Wanted

Slug = Annotated[str, StringConstraints(pattern=r"^[-a-zA-Z0-9_]{1,24}$")]
ActionCode = Annotated[str, StringConstraints(pattern=r"^[\w.-]{1,16}$")]
AreaCode = Annotated[str, StringConstraints(pattern=r"^[\w.-]{1,12}$")]
AskedFor = Annotated[str, StringConstraints(pattern=r"^[\w.-]{0,12}$")]
State = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
WebAddress = Annotated[str, StringConstraints(pattern=r"^https?://[^\x00\s]{1,390}$")]
Said = Annotated[str, StringConstraints(pattern=r"^[^\x00]*[^\x00\s][^\x00]*$", max_length=400, strip_whitespace=True)]
Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}$")]
Sentence = Annotated[
    str, StringConstraints(pattern=r"^[^\x00]*[^\x00\s][^\x00]*$", max_length=4000, strip_whitespace=True)
]
Worded = Annotated[dict[Language, Sentence], Field(min_length=1, max_length=20, json_schema_extra=NO_OTHER_KEYS)]
Key = Annotated[int, Field(ge=1, le=2**63 - 1)]


class WantedIn(Schema):
    """parent: number of the action it is a part of; states: none for all of the plan; also: further pillars."""

    area: AreaCode
    code: ActionCode
    text: Worded
    parent: Annotated[str, StringConstraints(pattern=r"^[\w.-]{0,16}$")] = ""
    starts: date | None = None
    ends: date | None = None
    states: list[State] = Field([], max_length=200)
    also: list[Annotated[int, Field(ge=1, le=49)]] = Field([], max_length=49)

    @property
    def wanted(self) -> Wanted:
        """Return the action as it is to be."""
        return Wanted(
            self.area, self.code, Wording(self.text), self.parent, self.starts, self.ends, tuple(self.states),
            tuple(self.also),
        )  # fmt: skip


class AdoptionIn(Schema):
    """on: the day; at: where; source: where it is published."""

    on: date
    at: Annotated[str, StringConstraints(pattern=r"^[^\x00]*$", max_length=200)] = ""
    source: WebAddress | None = None
