"""The folder that holds all state of one Panoh: database, keyring, secret key, logs."""

from __future__ import annotations

import os
from pathlib import Path


def home() -> Path:
    """Return the folder of this instance, made for its owner's eyes only.

    It is $PANOH_HOME, else `panoh` in the user's data folder ($XDG_DATA_HOME or ~/.local/share).
    """
    given = os.environ.get("PANOH_HOME")
    data = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    folder = Path(given).expanduser().resolve() if given else data / "panoh"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder
