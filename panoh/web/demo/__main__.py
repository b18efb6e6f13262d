"""One of the processes that make the demonstration: `python -m panoh.web.demo FAMILIES PART`."""

from __future__ import annotations

import sys

from panoh.web.start import start

if __name__ == "__main__":
    start()
    from panoh.web.demo.load import bring_home_a_part

    for brought in bring_home_a_part(int(sys.argv[1]), int(sys.argv[2])):
        print(brought, flush=True)
