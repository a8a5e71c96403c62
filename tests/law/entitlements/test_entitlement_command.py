"""`atvsld law entitlement`: one JSON value for programs, a sentence with its sources for people."""

import json

from click.testing import CliRunner

from atvsld.project.cli.law import command


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(command, ["entitlement", *arguments, "--date", "2026-07-15"])
    return result.exit_code, result.output


def test_the_command_answers_programs_with_the_sum_and_where_it_comes_from() -> None:
    code, output = run("compensation", "--impairment", "31", "--salary", "10000000", "--json")
    assert code == 0
    answer = json.loads(output)
    assert {"amount", "months", "base_salary", "formula", "citations", "status", "explanation"} <= answer.keys()
    assert (answer["amount"], answer["months"], answer["base_salary"]) == (99_000_000, 9.9, None)
    assert answer["status"] == "official"


def test_the_command_takes_several_insured_salaries() -> None:
    code, output = run(
        "monthly", "--impairment", "31", "--insured-salary", "40000000", "--insured-salary", "30000000", "--years", "3",
        "--json",
    )  # fmt: skip
    assert code == 0
    assert json.loads(output)["amount"] == 759_000 + 556_600


def test_the_command_tells_people_what_is_not_confirmed() -> None:
    code, output = run("student", "--impairment", "85")
    assert code == 0
    assert "30.360.000 đồng" in output
    assert "[indirect]" in output


def test_the_command_refuses_with_a_sentence() -> None:
    code, output = run("one_time", "--impairment", "31", "--insured-salary", "8000000", "--years", "10")
    assert code == 1
    assert "từ 5 % đến 30 %" in output
