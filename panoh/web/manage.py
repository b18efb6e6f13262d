"""Django's own commands on the settings and database of `panoh`: ``python -m panoh.web.manage COMMAND``."""

from __future__ import annotations

import sys

from panoh.web.start import start


def main() -> None:
    """Run one of Django's commands; only migrations take the owner's role."""
    start(role="owner" if "migrate" in sys.argv[1:2] else "app")
    from django.core.management import execute_from_command_line  # noqa: PLC0415  # after Django is set up

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
