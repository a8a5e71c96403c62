"""Keeping and opening files."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import PurePosixPath, PureWindowsPath
from typing import IO

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from atvsld.kit.outcome import Problem
from atvsld.platform import vault
from atvsld.platform.acts import Act, Rejected
from atvsld.platform.files.kinds import HANDED_IN, Kind, labels, recognise
from atvsld.platform.files.models import SealedContent, StoredFile

MEGABYTE = 1024 * 1024
MAX_BYTES = 20 * MEGABYTE
_LONGEST_NAME = 120


def keep(
    act: Act, *, name: str, content: bytes, purpose: str = "general", media_type: str = "",
    kinds: Sequence[str] = HANDED_IN,
) -> StoredFile:  # fmt: skip
    """Keep a file sealed, within the transaction of the action that calls; the same content of a purpose once.

    The kind is known by the content; `media_type` is what the sender said, and is not believed. `Rejected` for an
    empty file, one above `MAX_BYTES`, or a kind not among `kinds`. Who may keep what for which purpose is for the
    calling action to decide.
    """
    del media_type
    kind = check(content, kinds=kinds)
    digest = hashlib.sha256(content).hexdigest()
    if held := StoredFile.objects.filter(purpose=purpose, sha256=digest).first():
        return held
    file = StoredFile(
        purpose=purpose, name=safe_name(name, kind), kind=kind.name, media_type=kind.media_type, size=len(content),
        sha256=digest, created_at=act.at, created_by_id=act.actor.user_id,
    )  # fmt: skip
    try:
        with transaction.atomic():
            file.save(force_insert=True)
            SealedContent.objects.create(file=file, sealed=vault.seal_bytes(content, purpose=_seal(file)))
    except IntegrityError:
        # Somebody sent the same file at the same moment; theirs is ours.
        return StoredFile.objects.get(purpose=purpose, sha256=digest)
    return file


def check(content: bytes, *, kinds: Sequence[str] = HANDED_IN, column: str = "file") -> Kind:
    """The kind of a content that may be kept; `Rejected` with a sentence otherwise."""
    if not content:
        raise _rejected("file_empty", _("Tệp rỗng."), _("Chọn lại tệp."), column)
    if len(content) > MAX_BYTES:
        raise too_large(len(content), column)
    kind = recognise(content)
    if kind is None or kind.name not in kinds:
        told = _("Chỉ nhận các loại: %(kinds)s. Tệp Word, Excel có chứa macro không được nhận.")
        raise _rejected(
            "file_kind", _("Nội dung tệp không thuộc loại được nhận."), told % {"kinds": labels(kinds)}, column
        )
    return kind


def read_upload(upload: UploadedFile | IO[bytes], *, column: str = "file") -> bytes:
    """The content of an uploaded file; one too large is refused before it is read."""
    size = getattr(upload, "size", None) or 0
    if size > MAX_BYTES:
        raise too_large(size, column)
    content: bytes = upload.read(MAX_BYTES + 1)
    return content


def open_bytes(file: StoredFile) -> bytes:
    """The content as it was handed in. `vault.CannotOpen` when the seal is broken or the content was exchanged."""
    sealed = SealedContent.objects.values_list("sealed", flat=True).get(pk=file.pk)
    content = vault.unseal_bytes(bytes(sealed), purpose=_seal(file))
    if hashlib.sha256(content).hexdigest() != file.sha256:
        raise vault.CannotOpen("Nội dung tệp không khớp mã băm đã ghi.")
    return content


def too_large(size: int, column: str = "file") -> Rejected:
    """The refusal of a file above the limit, in megabytes that people read."""
    sentence = _("Tệp nặng %(size)s MB, vượt mức %(most)s MB.") % {
        "size": -(-size // MEGABYTE), "most": MAX_BYTES // MEGABYTE,
    }  # fmt: skip
    return _rejected("file_size", sentence, _("Giảm dung lượng hoặc tách thành nhiều tệp."), column)


def safe_name(name: str, kind: Kind) -> str:
    """The sender's name of the file without folders and control characters, ending as its kind does."""
    bare = PureWindowsPath(PurePosixPath(name).name).name
    bare = "".join(letter for letter in bare if letter.isprintable() and letter not in '<>:"/\\|?*').strip(" .")
    stem, _dot, ending = bare.rpartition(".")
    if ending.lower() not in {kind.name, *kind.endings}:
        stem, ending = bare, kind.name
    return f"{(stem or 'tep')[:_LONGEST_NAME]}.{ending.lower()}"


def _seal(file: StoredFile) -> str:
    """A seal holds for one file: content moved to another row stays closed."""
    return f"file:{file.purpose}:{file.sha256}"


def _rejected(code: str, message: str, remedy: str, column: str) -> Rejected:
    return Rejected([Problem(code, message, remedy, column=column)])
