"""Conference reports read without model or network: who said, proposed and supported what, each with its sentence."""

from __future__ import annotations

from panoh.exchange.reading.answer import as_data, hazards
from panoh.exchange.reading.files import kind_of, text_of
from panoh.exchange.reading.items import items_of
from panoh.exchange.reading.known import state_names
from panoh.exchange.reading.plugs import model_called
from panoh.exchange.reading.report import Report
from panoh.exchange.reading.sentences import sentences_of
from panoh.exchange.reading.words import language_of

__all__ = [
    "Report", "as_data", "hazards", "items_of", "kind_of", "language_of", "model_called", "sentences_of", "state_names",
    "text_of",
]  # fmt: skip
