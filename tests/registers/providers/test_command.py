"""`atvsld providers` for people and for programs."""

from __future__ import annotations

import json
from datetime import date

import pytest
from click.testing import CliRunner

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(monkeypatch):
    """Run a command against the test's database."""
    from atvsld.project import cli
    from atvsld.project.cli import start

    monkeypatch.setattr(start, "django", lambda **_options: None)
    monkeypatch.setattr(start, "require_migrated", lambda: None)
    return lambda *arguments: CliRunner().invoke(cli.group, ["providers", *arguments])


def test_the_command_lists_who_may_work_and_judges_one_matter(told):
    from atvsld.registers.providers.models import ServiceProvider

    provider = ServiceProvider.objects.create(name="Tổ chức Thử", name_folded="to chuc thu")
    provider.qualifications.create(
        kind="training", form="licence", class_name="B", number="1/GCN", valid_from=date(2023, 5, 1)
    )
    listed = told("list", "--kind", "training", "--on", "2025-01-01", "--json")
    assert [row["name"] for row in json.loads(listed.stdout)] == ["Tổ chức Thử"]
    assert json.loads(told("list", "--kind", "training", "--on", "2028-05-01", "--json").stdout) == []
    matter = ("check", provider.public_id, "--kind", "training", "--scope", "group3", "--on", "01/01/2025")
    judged = told(*matter, "--json")
    assert json.loads(judged.stdout)["code"] == "out_of_scope"
    words = told(*matter)
    assert "Nhóm 3" in words.output
    assert "ND-44-2016" in words.output
    assert told("check", "khong-co", "--kind", "training").exit_code == 1


def test_a_provider_is_found_and_shown(told):
    from atvsld.registers.providers.models import ServiceProvider

    provider = ServiceProvider.objects.create(name="Tổ chức Thử", name_folded="to chuc thu", tax_code="0100233488")
    provider.qualifications.create(kind="health_exam", form="practice_licence", valid_from=date(2023, 5, 1))
    assert [item["id"] for item in json.loads(told("find", "chuc thu", "--json").stdout)] == [provider.public_id]
    shown = json.loads(told("show", provider.public_id, "--json").stdout)
    assert (shown["tax_code"], list(shown["services"])) == ("0100233488", ["health_exam"])
    assert "Tổ chức Thử" in told("show", provider.public_id).output
