"""Django's PostgreSQL, with one thing more: a connection that opens is told whose token it bears."""

from __future__ import annotations

from django.db.backends.postgresql import base

from panoh.access import tokens


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection that bears the token of the context it is opened in, new or from the pool."""

    def init_connection_state(self) -> None:
        """Tell the connection its token, whatever it bore before."""
        super().init_connection_state()
        tokens.tell(self)
