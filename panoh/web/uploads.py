"""Uploads stop at the limit while they arrive, and never touch the disk in the clear."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload


class StopAtLimit(FileUploadHandler):
    """Keep a file in memory up to FILE_UPLOAD_MAX_BYTES; drop what is larger and mark the request so."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin one file."""
        super().new_file(*args, **kwargs)
        self.kept = BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """Keep a chunk, or stop the upload past the limit."""
        if start + len(raw_data) > settings.FILE_UPLOAD_MAX_BYTES:
            self.request.META["panoh.upload-too-large"] = True  # type: ignore[union-attr]
            raise StopUpload(connection_reset=False)
        self.kept.write(raw_data)
        return None

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        """Return the file as it arrived."""
        self.kept.seek(0)
        return InMemoryUploadedFile(
            self.kept,
            self.field_name,
            self.file_name,
            self.content_type,
            file_size,
            self.charset,
            self.content_type_extra,
        )
