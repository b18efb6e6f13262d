#!/usr/bin/env python
"""Django's own commands, on the settings and database of `panoh`."""

from panoh.web.manage import main

if __name__ == "__main__":
    main()
