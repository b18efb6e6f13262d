"""The languages in which the exchange is written, each by the name that its speakers give it."""

from __future__ import annotations

from typing import Final

LANGUAGES: Final = {
    "en": "English", "ru": "Русский", "kk": "Қазақша", "ky": "Кыргызча", "tg": "Тоҷикӣ", "tk": "Türkmençe",
    "uz": "Oʻzbekcha",
}  # fmt: skip
