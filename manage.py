#!/usr/bin/env python
"""Django's own commands, on the same settings and database as `panoh`."""

import sys

from panoh.web.start import start

if __name__ == "__main__":
    start(role="owner" if "migrate" in sys.argv[1:2] else "app")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
