"""What is stated of a line or of its money, before it is a record. Amounts are whole đồng."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class LineDraft:
    """One line of an estimate. `counted_in` is the public id of the line that holds the same money, or empty."""

    year: int
    source: str
    purpose: str
    estimate: int
    basis: str = ""
    counted_in: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file that comes with a decision."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class AllocationDraft:
    """A decision about a line's money; `note` says why when the sum differs from the estimate."""

    number: str
    day: date
    amount: int
    kind: str = "given"
    note: str = ""
    upload: Upload | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitmentDraft:
    """A contract."""

    number: str
    partner: str
    day: date
    amount: int
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentDraft:
    """A voucher. `commitment` is the public id of the contract it pays, or empty."""

    number: str
    day: date
    amount: int
    kind: str = "paid"
    commitment: str = ""
    note: str = ""
