"""Rules of the exchange's tables: a country's own is written by who speaks for it, and by the editors."""

from __future__ import annotations

from panoh.access.fence import any_of, no_rule, rule

SEES = any_of(["exchange.see"])


def of_a_country(editing: str, permission: str, column: str = "country") -> str:
    """Return the condition that the bearer edits all, or holds the permission and speaks for the row's country."""
    return f"{any_of([editing])} or ({any_of([permission])} and {column} = (select app.my_country()))"


RULES = {
    "exchange_event": any_of(["event.edit"]),
    "exchange_eventbody": any_of(["event.edit"]),
    "exchange_statement": any_of(["event.edit"]),
    "exchange_proposal": of_a_country("proposal.consolidate", "proposal.write"),
    "exchange_position": of_a_country("proposal.consolidate", "position.take"),
}

MAKE_FENCE = "".join(rule(table, SEES, changes) for table, changes in RULES.items())
DROP_FENCE = "".join(no_rule(table) for table in RULES)
