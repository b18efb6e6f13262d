"""The application as granian (or any WSGI server) runs it."""

from __future__ import annotations

from django.core.handlers.wsgi import WSGIHandler

from panoh.web.start import start

start()
application = WSGIHandler()
