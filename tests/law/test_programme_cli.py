"""`atvsld plan` as a person and as a program use it."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner, Result

from atvsld.project.cli.plan import command


def run(*words: str) -> Result:
    return CliRunner().invoke(command, list(words))


def test_what_a_function_leads_on_a_day_is_shown_with_terms_and_proof() -> None:
    words = ["--function", "health_lead", "--leads", "--on", "2024-12-01", "--year", "2024", "--json"]
    found = {item["id"]: item for item in json.loads(run("show", *words).output)}
    assert {item["role"] for item in found.values()} == {"lead"}
    assert found["IV.19a2"]["terms"] == [{"period": "2024", "rule": "R12", "last_ok": "2025-01-04"}]
    assert found["IV.2.2c"]["citation"] == "KH-UBND-2024 Mục IV.2, đoạn thứ 2"
    assert found["IV.2.2c"]["evidence"]["later"]
    assert not [one for one in found if one.startswith("IV.4")]


def test_the_tree_shows_headings_and_who_was_read_into_the_plan() -> None:
    shown = run("show", "--under", "III.5c", "--on", "2024-12-01").output
    assert shown.index("III  ") < shown.index("III.5  ") < shown.index("III.5c  ")
    assert "(suy ra) [Tạm dùng, chưa được xác nhận]" in shown
    assert "IV.1" not in shown


def test_labels_are_understood_and_a_word_that_is_none_is_answered_with_those_there_are() -> None:
    by_label = run("show", "--function", "tài chính, ngân sách", "--on", "2024-12-01", "--json")
    assert by_label.output == run("show", "--function", "finance", "--on", "2024-12-01", "--json").output
    failed = run("show", "--function", "bo_y_te")
    assert failed.exit_code == 1
    assert "health_lead" in str(failed.exception) + failed.output
    assert run("show", "khong-co").exit_code == 1


def test_the_check_passes_and_names_what_is_open() -> None:
    told = json.loads(run("check", "--json").output)
    assert (told["ok"], told["problems"], told["paragraphs"]) == (True, [], 70)
    assert "III.5a" in told["apart"]
    assert "training" in told["registers_missing"] or told["registers_missing"] == []


def test_a_document_that_differs_fails_the_check(tmp_path: Path) -> None:
    paper = tmp_path / "ke-hoach.txt"
    paper.write_text("I. MỤC ĐÍCH\n1. Mục đích\n- Một\n", encoding="utf-8")
    found = run("check", "--document", str(paper))
    assert found.exit_code == 1
    assert "Mục I.1: tệp ghi 2 đoạn, văn bản có 1 đoạn." in found.output


def test_the_list_names_the_chain() -> None:
    told = {row["id"]: row for row in json.loads(run("list", "--json").output)}
    assert told["province-2024"]["chain"] == ["directive-31", "party-2024", "province-2024"]
    assert told["directive-31"]["complete"] is False
