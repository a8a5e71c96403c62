"""Workers of protected groups as proof; shown without names."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from atvsld.platform.access.actor import Actor
from atvsld.registers.proof_counting import evidence, within
from atvsld.registers.proofs import Asked, ProofRecord, prove
from atvsld.registers.workers import groups, queries
from atvsld.registers.workers.models import Worker

_WORKERS = Worker.objects.select_related("establishment", "place")


def of_worker(worker: Worker) -> ProofRecord:
    """Where the person works and the last signs of the record; never who it is."""
    where = worker.establishment or worker.place or _("chưa rõ nơi làm việc")
    label = _("Người lao động tại %(where)s, hồ sơ …%(key)s") % {"where": where, "key": worker.public_id[-6:]}
    return ProofRecord("worker_record", worker.public_id, label, reverse("workers:worker", args=[worker.public_id]))


def _search(actor: Actor, text: str, asked: Asked, limit: int) -> Iterable[ProofRecord]:
    """The text is part of an establishment's name: a search by name would tell who is in the register."""
    rows = queries.with_parts(queries.visible(actor)).filter(within(asked))
    if text.strip():
        rows = rows.filter(establishment__name__icontains=text.strip())
    found = (row for row in rows.order_by("-pk").iterator(chunk_size=200) if groups.groups_on(row, asked.end))
    return [of_worker(row) for _at, row in zip(range(limit), found, strict=False)]


prove(evidence("worker_record", _WORKERS, of_worker, _search))
