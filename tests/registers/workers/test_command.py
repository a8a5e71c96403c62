"""`atvsld workers` and `atvsld import`: people by the file, found again, undone; numbers never in clear."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner
from tests.casework.accidents.intake_rows import write_csv

from atvsld.platform.imports.models import ImportRun
from atvsld.registers.workers.models import Worker


@pytest.fixture
def told(land, monkeypatch):
    """Run a command against the test's database."""
    from atvsld.project import cli
    from atvsld.project.cli import start

    monkeypatch.setattr(start, "django", lambda **_options: None)
    monkeypatch.setattr(start, "require_migrated", lambda: None)
    return lambda *arguments: CliRunner().invoke(cli.group, list(map(str, arguments)))


def test_people_come_in_are_listed_and_found_masked_and_go_out_again(told, tmp_path) -> None:
    row = {"name": "Trần Thị Thử", "birth_date": "02/09/2012", "sex": "Nữ", "identity_number": "000312001235",
           "tax_code": "0100109106"}  # fmt: skip
    path = write_csv(tmp_path / "a.csv", [row, row | {"name": "", "identity_number": "000312001236"}])
    taken = told("workers", "import", path, "--json")
    assert taken.exit_code == 1  # one row is refused
    outcome = json.loads(taken.stdout)
    assert (outcome["new"], outcome["rejected"]) == (1, 1)
    found = json.loads(told("workers", "find", "tran thi", "--json").stdout)
    assert found == json.loads(told("workers", "find", "000 312 001 235", "--json").stdout)
    assert found == json.loads(told("workers", "list", "--tax-code", "0100109106", "--group", "minor", "--json").stdout)
    assert (found[0]["identity_masked"], found[0]["protected_groups"]) == ("•" * 9 + "235", ["women", "minor"])
    words = told("workers", "list").output
    assert "Trần Thị Thử, 02/09/2012" in words
    assert "000312001235" not in words + taken.output
    run = ImportRun.objects.get()
    assert (run.public_id, run.channel) == (outcome["import"], "cli")
    assert [item["import"] for item in json.loads(told("import", "list", "--json").stdout)] == [run.public_id]
    plan = json.loads(told("import", "undo", run.public_id, "--dry-run", "--json").stdout)
    assert (plan["possible"], plan["rows"]) == (True, 2)
    assert Worker.objects.exists()
    assert told("import", "undo", run.public_id).exit_code == 0
    assert not Worker.objects.exists()
    again = told("import", "undo", run.public_id)
    assert (again.exit_code, "trạng thái đã ghi" in again.output) == (1, True)
    assert told("import", "undo", "khong-co").exit_code == 1
    assert told("workers", "list", "--group", "khác").exit_code == 2
