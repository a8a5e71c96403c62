"""Kinds of file, known by what stands in them; the name a sender gave proves nothing."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file: short name (also its usual ending), media type, how its content is recognised."""

    name: str
    label: str
    media_type: str
    fits: Callable[[bytes], bool]
    endings: tuple[str, ...] = ()


_OFFICE = "application/vnd.openxmlformats-officedocument"
# What an Office package needs at most in its list of parts; a longer list is a trap, not a letter.
_MOST_PARTS = 2_000
_HEAD = 32
# Brands of the ISO container, as the first box of the file names them.
_HEIC = {b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1"}
_MP4 = {b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"M4V ", b"MSNV", b"3gp4", b"3gp5"}


def _brand(content: bytes) -> bytes:
    return content[8:12] if content[4:8] == b"ftyp" else b""


def _office(folder: str) -> Callable[[bytes], bool]:
    """An Office package without macros whose main part lies in a folder."""

    def fits(content: bytes) -> bool:
        if not content.startswith(b"PK\x03\x04"):
            return False
        try:
            names = zipfile.ZipFile(io.BytesIO(content)).namelist()
        except (zipfile.BadZipFile, ValueError, OSError):
            return False
        if len(names) > _MOST_PARTS or "[Content_Types].xml" not in names:
            return False
        return any(name.startswith(folder) for name in names) and not any("vbaProject" in name for name in names)

    return fits


KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind("pdf", "PDF", "application/pdf", lambda content: content[:1024].lstrip().startswith(b"%PDF-")),
        Kind("docx", "Word", f"{_OFFICE}.wordprocessingml.document", _office("word/")),
        Kind("xlsx", "Excel", f"{_OFFICE}.spreadsheetml.sheet", _office("xl/")),
        Kind("jpg", "JPEG", "image/jpeg", lambda content: content.startswith(b"\xff\xd8\xff"), ("jpeg",)),
        Kind("png", "PNG", "image/png", lambda content: content.startswith(b"\x89PNG\r\n\x1a\n")),
        Kind("webp", "WebP", "image/webp", lambda content: content[:4] == b"RIFF" and content[8:12] == b"WEBP"),
        Kind("heic", "HEIC", "image/heic", lambda content: _brand(content) in _HEIC, ("heif",)),
        Kind("mp4", "MP4", "video/mp4", lambda content: _brand(content) in _MP4, ("m4v", "3gp")),
        Kind(
            "html",
            "HTML",
            "text/html; charset=utf-8",
            lambda content: content[:_HEAD].lower().startswith(b"<!doctype html"),
        ),
        Kind("json", "JSON", "application/json", lambda content: content[:_HEAD].lstrip()[:1] in (b"{", b"[")),
    )
}
# What people may hand in; JSON and HTML are kept of our own papers only.
HANDED_IN = ("pdf", "docx", "xlsx", "jpg", "png", "webp", "heic", "mp4")
PICTURES = ("jpg", "png", "webp", "heic")
PAPERS = ("pdf", "docx")


def recognise(content: bytes) -> Kind | None:
    """The kind of a content; None for one we do not keep."""
    return next((kind for kind in KINDS.values() if kind.fits(content)), None)


def labels(names: Sequence[str]) -> str:
    """Kinds in words, for a sentence."""
    return ", ".join(KINDS[name].label for name in names)
