"""Conference reports read without model or network: who said, proposed and supported what, each with its sentence."""

from __future__ import annotations

from panoh.exchange.reading.answer import as_data
from panoh.exchange.reading.files import text_of
from panoh.exchange.reading.plugs import model_called
from panoh.exchange.reading.report import Report

__all__ = ["Report", "as_data", "model_called", "text_of"]
