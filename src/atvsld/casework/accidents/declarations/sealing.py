"""Personal parts of a declaration: sealed for storage, and marked so that a hash can cover them without telling them.

A mark is the hash of the part with a random salt that lies in the seal itself: whoever opens the seal can prove that
nothing was changed; whoever sees the mark cannot try names or telephone numbers out.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Mapping
from typing import Any

from atvsld.platform import vault

REPORTER = "declarations.reporter"
PERSONS = "declarations.persons"
DRAFT = "declarations.draft"
SENT = "declarations.sent"


def canonical(value: Any) -> bytes:
    """JSON that is the same for the same content: sorted keys, no spaces, UTF-8."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str).encode()


def close(value: Mapping[str, Any], *, purpose: str) -> tuple[str, str]:
    """The sealed part and its mark; two empty texts for an empty part."""
    if not any(value.values()):
        return "", ""
    salted = {"salt": secrets.token_hex(16), "value": dict(value)}
    text = canonical(salted)
    return vault.seal(text.decode(), purpose=purpose), hashlib.sha256(text).hexdigest()


def open_(sealed: str, *, purpose: str) -> dict[str, Any]:
    """The part in clear. Whoever shows it to a person records the reading."""
    if not sealed:
        return {}
    found: dict[str, Any] = json.loads(vault.unseal(sealed, purpose=purpose))["value"]
    return found


def mark_of(sealed: str, *, purpose: str) -> str:
    """The mark worked out anew from the sealed part, to be compared with the one in the content."""
    return hashlib.sha256(vault.unseal(sealed, purpose=purpose).encode()).hexdigest() if sealed else ""


def digest(content: Mapping[str, Any]) -> str:
    """SHA-256 of the canonical content, as printed on the receipt."""
    return hashlib.sha256(canonical(content)).hexdigest()


def sent_mark(notice: Mapping[str, Any]) -> str:
    """By which a repeated request is known to say the same; keyed, so that it gives nothing away."""
    return vault.fingerprint(canonical(notice).decode(), purpose=SENT)
