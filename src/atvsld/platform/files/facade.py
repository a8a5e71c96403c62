"""All that other rooms may ask about kept files."""

from __future__ import annotations

from atvsld.platform.files.download import download, respond
from atvsld.platform.files.keeping import MAX_BYTES, check, keep, open_bytes, read_upload
from atvsld.platform.files.kinds import HANDED_IN, KINDS, PAPERS, PICTURES
from atvsld.platform.files.models import StoredFile

__all__ = [
    "HANDED_IN",
    "KINDS",
    "MAX_BYTES",
    "PAPERS",
    "PICTURES",
    "StoredFile",
    "check",
    "download",
    "keep",
    "open_bytes",
    "read_upload",
    "respond",
]
