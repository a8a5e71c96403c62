"""Is this file the accepted report it says it is? Recounted from what was kept, drawn again, compared byte for byte."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from enum import StrEnum

from atvsld.oversight.snapshots import printed
from atvsld.oversight.snapshots.printed import Spot
from atvsld.oversight.snapshots.verifying_rooms import Accepted, Store, find, room_of, rooms
from atvsld.platform.papers.facade import Verified

# A code is looked for in this many places of a file at most.
_MOST_CANDIDATES = 2_000


class Verdict(StrEnum):
    """`equal`: the very file, and the frozen facts give it again. `figures_equal`: changed, but not its figures.
    `different`: other figures. `altered`: changed, and its figures cannot be read. `unknown`: none of ours.
    """

    EQUAL = "equal"
    FIGURES_EQUAL = "figures_equal"
    DIFFERENT = "different"
    ALTERED = "altered"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Result:
    """The answer about a file. `spots` name what an altered file says otherwise."""

    verdict: Verdict
    snapshot: Accepted | None = None
    format: str = ""
    sha256: str = ""
    store: Store | None = None
    spots: tuple[Spot, ...] = field(default_factory=tuple)


def verify(given: bytes, *, only: Accepted | None = None) -> Result:
    """Verify a file by its content alone. `only`: it is asked about this report, whatever code the file carries."""
    digest = hashlib.sha256(given).hexdigest()
    for room in rooms():
        if only is not None and not room.holds(only):
            continue
        if (known := room.by_digest(digest, only)) is not None:
            report, kind = known
            store = room.check(report, kind)
            return Result(Verdict.EQUAL if store.sound else Verdict.DIFFERENT, report, kind, digest, store)
    kind = printed.kind_of(given)
    found = only or _by_code(given, kind)
    if found is None or not kind:
        return Result(Verdict.UNKNOWN, only, kind, digest)
    return _changed(found, given, kind, digest)


def _changed(report: Accepted, given: bytes, kind: str, digest: str) -> Result:
    """A file that bears the code of a report and is none of those kept."""
    room = room_of(report)
    kept = room.file_bytes(report, kind)
    spots = None if kept is None else printed.differing(kept, given, kind)
    # A format that was never made cannot be compared; the figures themselves can still be counted once more.
    store = room.check(report, kind if kept is not None else "json")
    if spots is None:
        verdict = Verdict.ALTERED
    else:
        verdict = Verdict.FIGURES_EQUAL if not spots and store.sound else Verdict.DIFFERENT
    return Result(verdict, report, kind, digest, store, tuple(spots or ()))


def file_bytes(report: Accepted, kind: str) -> bytes:
    """The kept file of a format; LookupError when none was kept."""
    held = room_of(report).file_bytes(report, kind)
    if held is None:
        raise LookupError(f"{report} has no kept file in {kind}")
    return held


def public_answer(code: str) -> Verified | None:
    """What the page of verification knows of a code: that another page answers for it."""
    report = find(code)
    if report is None:
        return None
    return Verified(
        code=report.code, title=report.form, number=str(report.number), issuer=report.subject_name,
        day=report.accepted_at.date(), files=(), url=f"/so-lieu/{report.code}/",
    )  # fmt: skip


def _by_code(given: bytes, kind: str) -> Accepted | None:
    candidates = printed.codes_in(given, kind)[:_MOST_CANDIDATES]
    found = [report for room in rooms() if (report := room.by_codes(candidates)) is not None]
    return min(found, key=lambda report: candidates.index(report.code), default=None)
