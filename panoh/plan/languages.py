"""Languages in which plans and sources are written, each by its own name."""

from __future__ import annotations

__all__ = ["LANGUAGES", "language_name"]

LANGUAGES = {
    "en": "English", "ru": "Русский", "kk": "Қазақша", "ky": "Кыргызча", "tg": "Тоҷикӣ", "tk": "Türkmençe",
    "uz": "Oʻzbekcha",
}  # fmt: skip


def language_name(code: str) -> str:
    """Return the language's own name; of another, its code."""
    return LANGUAGES.get(code, code)
