"""The seam for a translator on this machine: it fills a form that a person reads and saves; none comes with Panoh."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import cast

from django.conf import settings

from panoh.exchange.models import TEXTS, Lesson
from panoh.exchange.refusals import TranslatorMissing

# Text, language it is written in, language wanted; two letters each.
Translator = Callable[[str, str, str], str]


def translator() -> Translator | None:
    """Return the translator that PANOH_TRANSLATOR names as module:function; none without a name.

    Raises:
        TranslatorMissing: there is no such module, or nothing of that name in it.
    """
    name = settings.PANOH_TRANSLATOR
    if not name:
        return None
    module, _, function = name.partition(":")
    try:
        return cast(Translator, getattr(import_module(module), function))
    except (ImportError, AttributeError, ValueError) as error:
        raise TranslatorMissing(name=name) from error


def suggested(lesson: Lesson, language: str) -> dict[str, str]:
    """Return what the translator makes of each text that has no translation yet; nothing without a translator."""
    translate = translator()
    if translate is None:
        return {}
    found = {}
    for name in TEXTS:
        wording = getattr(lesson, name)
        written, text = next(iter(wording.items()), ("", ""))
        if text and not wording.get(language):
            found[name] = translate(text, written, language)
    return found
