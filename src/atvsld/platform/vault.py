"""Personal data at rest: sealed for storage, fingerprinted for search. The only place that holds such keys.

A sealed text is AES-256-GCM under a key derived from the installation's secret; it opens only for the purpose it was
sealed for, so that a value copied into another column stays closed. A fingerprint is a keyed hash (HMAC-SHA-256):
equal texts of one purpose give equal fingerprints, and without the secret nobody can try numbers out.

Django's `SECRET_KEY_FALLBACKS` open what an older secret sealed; fingerprints must then be written anew.
"""

from __future__ import annotations

import base64
import binascii
import hmac
import os
from collections.abc import Iterator
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

MARK = "v1."
_NONCE = 12


class CannotOpen(Exception):
    """The sealed text was changed, sealed for another purpose, or sealed under a secret this installation lost."""


def seal(text: str, *, purpose: str) -> str:
    """The text closed for storage; an empty text stays empty. Two seals of one text differ."""
    if not text:
        return ""
    nonce = os.urandom(_NONCE)
    closed = AESGCM(_key(settings.SECRET_KEY, "seal")).encrypt(nonce, text.encode(), purpose.encode())
    return MARK + base64.urlsafe_b64encode(nonce + closed).decode()


def unseal(sealed: str, *, purpose: str) -> str:
    """The text that was sealed for this purpose. `CannotOpen` when it is not to be had."""
    if not sealed:
        return ""
    if not sealed.startswith(MARK):
        raise CannotOpen("Dữ liệu bảo vệ không đúng dạng đã niêm phong.")
    try:
        raw = base64.urlsafe_b64decode(sealed.removeprefix(MARK))
    except (binascii.Error, ValueError) as error:
        raise CannotOpen("Dữ liệu bảo vệ bị hỏng.") from error
    for secret in _secrets():
        try:
            return AESGCM(_key(secret, "seal")).decrypt(raw[:_NONCE], raw[_NONCE:], purpose.encode()).decode()
        except (InvalidTag, ValueError):
            continue
    raise CannotOpen("Không mở được dữ liệu bảo vệ: khóa bí mật đã đổi, hoặc dữ liệu bị sửa.")


def seal_bytes(content: bytes, *, purpose: str) -> bytes:
    """A file's content closed for storage; its length grows by 28 bytes."""
    nonce = os.urandom(_NONCE)
    return nonce + AESGCM(_key(settings.SECRET_KEY, "seal")).encrypt(nonce, content, purpose.encode())


def unseal_bytes(sealed: bytes, *, purpose: str) -> bytes:
    """The content that was sealed for this purpose. `CannotOpen` when it is not to be had."""
    for secret in _secrets():
        try:
            return AESGCM(_key(secret, "seal")).decrypt(sealed[:_NONCE], sealed[_NONCE:], purpose.encode())
        except (InvalidTag, ValueError):
            continue
    raise CannotOpen("Không mở được tệp bảo vệ: khóa bí mật đã đổi, hoặc tệp bị sửa.")


def fingerprint(text: str, *, purpose: str) -> str:
    """64 hexadecimal digits by which equal texts of one purpose are found; empty for an empty text."""
    if not text:
        return ""
    return hmac.digest(_key(settings.SECRET_KEY, "fingerprint"), f"{purpose}\0{text}".encode(), "sha256").hex()


def _secrets() -> Iterator[str]:
    yield settings.SECRET_KEY
    yield from map(str, settings.SECRET_KEY_FALLBACKS)


@lru_cache(maxsize=8)
def _key(secret: str, use: str) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=f"atvsld {use} 1".encode()).derive(secret.encode())
