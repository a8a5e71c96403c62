"""A worker killed in the middle of writing or undoing: nothing is half done, and the next worker does all of it."""

from __future__ import annotations

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from tests.casework.accidents import scene
from tests.casework.accidents.intake_rows import row
from tests.platform import cast
from tests.platform.imports.stopped_job import work
from tests.rehearsal.worker import CLEAN

from atvsld.casework.accidents.models import AccidentCase
from atvsld.platform.imports import jobs
from atvsld.platform.imports.models import ImportRun
from atvsld.registers.providers.models import ServiceProvider
from atvsld.registers.workers.models import Employment, Worker

ROWS = {
    "accidents": ([row(), row(case_key="V2")], "INSERT INTO accidents_victim", AccidentCase),
    "workers": (
        [{"name": "Một", "tax_code": "0100109106"}, {"name": "Hai", "tax_code": "0100109106"}],
        'INSERT INTO "workers_employment"',
        Worker,
    ),
    "service-providers": (
        [{"name": "Tổ chức", "kind": "Kiểm định", "form": "GCN", "valid_from": "01/05/2023"}],
        'INSERT INTO "providers_providerqualification"',
        ServiceProvider,
    ),
}  # fmt: skip


@pytest.fixture
def files(settings, tmp_path):
    settings.STORAGES = {**settings.STORAGES, "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path},
    }}  # fmt: skip
    return tmp_path


def killed(job: str, run: ImportRun, begins: str, root: object) -> None:
    """The job in another process, which is killed with its transaction open."""
    line, far = CLEAN.Pipe()
    told = (far, str(connection.settings_dict["NAME"]), str(root), (job, run.pk), begins)
    process = CLEAN.Process(target=work, args=told, daemon=True)
    process.start()
    far.close()  # so that one that failed is noticed by its silence
    said = line.recv() if line.poll(60) else "nothing"
    process.kill()
    process.join()
    assert said == "half-way"


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("kind", ROWS)
def test_a_killed_worker_leaves_nothing_half_done(files, kind) -> None:
    land = scene.build()
    rows, begins, model = ROWS[kind]
    head = list(rows[0])
    text = "\n".join([",".join(head), *(",".join(str(item[name]) for name in head) for item in rows)])
    run = ImportRun(
        target=kind, filename="a.csv", sha256="0" * 64, state="committing", created_at=scene.NOW,
        created_by=cast.user(land, "province_officer"),
    )  # fmt: skip
    run.file.save("a.csv", ContentFile(text.encode()))
    killed("commit", run, begins, files)
    run.refresh_from_db()
    assert (run.state, model.objects.count()) == ("committing", 0)
    jobs.commit(run.pk)
    run.refresh_from_db()
    assert (run.state, run.new_rows, run.problems) == ("done", len(rows), [])
    written = model.objects.count(), Employment.objects.count()
    ImportRun.objects.filter(pk=run.pk).update(state="undoing", undone_by=run.created_by)
    killed("undo", run, "DELETE FROM", files)
    run.refresh_from_db()
    assert (run.state, model.objects.count(), Employment.objects.count()) == ("undoing", *written)
    jobs.undo(run.pk)
    run.refresh_from_db()
    assert (run.state, model.objects.count()) == ("undone", 0)
