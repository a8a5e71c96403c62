"""A kept file on its way to a browser. Whether it may go is decided by the page that calls."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from atvsld.platform.files.keeping import open_bytes
from atvsld.platform.files.models import StoredFile

# What a browser may show in the page; everything else is saved.
SHOWN = frozenset({"image/jpeg", "image/png", "image/webp"})


def download(file: StoredFile, *, name: str = "", inline: bool = False) -> HttpResponse:
    """The file under its own or another name; `inline` shows pictures instead of saving them."""
    return respond(open_bytes(file), name or file.name, file.media_type, inline=inline)


def respond(content: bytes, name: str, media_type: str, *, inline: bool = False) -> HttpResponse:
    """Bytes as a download that no browser runs, guesses at or keeps."""
    response = HttpResponse(content, content_type=media_type)
    attached = not (inline and media_type in SHOWN)
    response["Content-Disposition"] = content_disposition_header(attached, name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "no-store, private"
    return response
