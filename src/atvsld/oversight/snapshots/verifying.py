"""Is this file the accepted report it says it is? Recounted from frozen facts, drawn again, compared byte for byte."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from enum import StrEnum

from atvsld.oversight.snapshots import content, differences, freezing, printed, sealing
from atvsld.oversight.snapshots.content import Held
from atvsld.oversight.snapshots.differences import CellChange
from atvsld.oversight.snapshots.models import ReportSnapshot, SnapshotFile
from atvsld.oversight.snapshots.printed import Spot
from atvsld.platform.files import facade as files
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
class Store:
    """Whether the store itself still agrees: facts unchanged, figures recounted equal, file drawn again equal.

    `engine_moved`: other versions of the drawing libraries than at acceptance; then `redrawn` may fail without fault.
    """

    facts_unchanged: bool
    recounted: bool
    redrawn: bool
    engine_moved: bool
    cells: tuple[CellChange, ...] = ()

    @property
    def sound(self) -> bool:
        """Whether the figures stand; a new engine alone does not shake them."""
        return self.facts_unchanged and self.recounted and (self.redrawn or self.engine_moved)


@dataclass(frozen=True, slots=True)
class Result:
    """The answer about a file. `spots` name what an altered file says otherwise."""

    verdict: Verdict
    snapshot: ReportSnapshot | None = None
    format: str = ""
    sha256: str = ""
    store: Store | None = None
    spots: tuple[Spot, ...] = field(default_factory=tuple)


def verify(given: bytes, *, only: ReportSnapshot | None = None) -> Result:
    """Verify a file by its content alone. `only`: it is asked about this report, whatever code the file carries."""
    digest = hashlib.sha256(given).hexdigest()
    kept = SnapshotFile.objects.filter(file__sha256=digest).select_related("snapshot__held_content")
    known = (kept.filter(snapshot=only) if only else kept).order_by("pk").first()
    if known is not None:
        store = check_store(content.held(known.snapshot), known.format)
        verdict = Verdict.EQUAL if store.sound else Verdict.DIFFERENT
        return Result(verdict, known.snapshot, known.format, digest, store)
    kind = printed.kind_of(given)
    snapshot = only or _by_code(given, kind)
    if snapshot is None or not kind:
        return Result(Verdict.UNKNOWN, only, kind, digest)
    one = content.held(snapshot)
    spots = printed.differing(file_bytes(snapshot, kind), given, kind)
    store = check_store(one, kind)
    if spots is None:
        verdict = Verdict.ALTERED
    else:
        verdict = Verdict.FIGURES_EQUAL if not spots and store.sound else Verdict.DIFFERENT
    return Result(verdict, snapshot, kind, digest, store, tuple(spots or ()))


def check_store(one: Held, kind: str) -> Store:
    """Recount the report from its frozen facts, draw it again and compare with what was kept."""
    counted = content.recount(one)
    figures = content.figures_data(counted)
    same = sealing.figures_digest(figures) == one.snapshot.figures_digest and figures == one.data["figures"]
    return Store(
        facts_unchanged=freezing.digest(one.snapshot.pk) == one.snapshot.facts_digest,
        recounted=same,
        redrawn=sealing.make_file(one, counted, kind) == file_bytes(one.snapshot, kind),
        engine_moved=sealing.engine() != one.snapshot.engine,
        cells=() if same else tuple(differences.between(content.report_of(one), counted)),
    )


def file_bytes(snapshot: ReportSnapshot, kind: str) -> bytes:
    """The kept file of a format."""
    return files.open_bytes(snapshot.files.select_related("file").get(format=kind).file)


def public_answer(code: str) -> Verified | None:
    """What the page of verification knows of a code: that another page answers for it."""
    snapshot = ReportSnapshot.objects.filter(code=code).first()
    if snapshot is None:
        return None
    return Verified(
        code=snapshot.code, title=snapshot.form, number=str(snapshot.number), issuer=snapshot.subject_name,
        day=snapshot.accepted_at.date(), files=(), url=f"/so-lieu/{snapshot.code}/",
    )  # fmt: skip


def _by_code(given: bytes, kind: str) -> ReportSnapshot | None:
    candidates = printed.codes_in(given, kind)[:_MOST_CANDIDATES]
    found = ReportSnapshot.objects.filter(code__in=candidates).select_related("held_content")
    # A revision also names the number it stands for, never the reverse: the newest of those named is the one.
    return max(found, key=lambda one: one.pk, default=None)
