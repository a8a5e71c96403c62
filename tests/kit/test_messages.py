"""Explanations, problems and identifiers as they leave the house."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

import pytest

from atvsld.kit.certainty import Certainty, Citation
from atvsld.kit.explain import Explanation, Words, say
from atvsld.kit.ids import is_ulid, new_ulid
from atvsld.kit.outcome import Problem, Severity


def test_an_explanation_is_sent_with_its_parts_source_and_status():
    part = Explanation("rule.part", "Phần", status=Certainty.PROVISIONAL)
    whole = Explanation("rule", "Cả", Citation("ND-39-2016", "Điều 9"), facts=(("số người", "2"),), parts=(part,))
    sent = json.loads(json.dumps(whole.to_json()))
    assert sent["citation"] == "ND-39-2016 Điều 9"
    assert sent["facts"] == {"số người": "2"}
    assert sent["parts"][0] == {
        "rule": "rule.part", "text": "Phần", "text_en": None, "citation": None, "status": "provisional", "facts": {},
        "facts_en": {}, "parts": [],
    }  # fmt: skip


def test_a_sentence_is_said_in_both_languages_from_the_same_values():
    said = say(
        "{n} {unit} kể từ {day}.", "{n} {unit} from {day}.", n=3, unit=Words("giờ", "hours"), day=date(2026, 7, 5)
    )
    assert said + Words("Hết.", "Done.") == Words("3 giờ kể từ 05/07/2026. Hết.", "3 hours from 05/07/2026. Done.")
    why = Explanation.of("rule", said, facts=[(Words("Lúc", "At"), datetime(2026, 7, 5, 8, 30, tzinfo=UTC))])
    assert (why.text, why.said("en"), why.said("vi")) == (said.vi, said.en, said.vi)
    assert why.facts == (("Lúc", "08:30 05/07/2026"),)
    assert why.told("en") == (("At", "08:30 05/07/2026"),)


def test_where_no_english_is_written_the_vietnamese_is_said():
    why = Explanation("rule", "Câu", facts=(("số người", "2"),))
    assert (why.said("en"), why.told("en")) == ("Câu", (("số người", "2"),))


def test_a_problem_says_where_what_and_what_to_do():
    problem = Problem("date.unreadable", "Không đọc được ngày.", "Viết dd/mm/yyyy.", row=7, column="Ngày", value="31/2")
    assert str(problem) == "Không đọc được ngày. Viết dd/mm/yyyy."
    assert problem.to_json() == {
        "row": 7,
        "column": "Ngày",
        "code": "date.unreadable",
        "message": "Không đọc được ngày. Viết dd/mm/yyyy.",
        "value": "31/2",
        "severity": "block",
    }
    assert str(Problem("x", "Chỉ báo.", severity=Severity.NOTE)) == "Chỉ báo."


def test_identifiers_are_distinct_recognised_and_of_one_length():
    made = {new_ulid() for _ in range(1000)}
    assert len(made) == 1000
    assert all(is_ulid(one) and len(one) == 26 for one in made)


@pytest.mark.parametrize("text", ["", "1", "8" + "0" * 25, "0" * 25 + "I", "0" * 25 + "u", "0" * 27, "0" * 26 + "\n"])
def test_what_is_no_identifier_is_not_taken_for_one(text):
    assert not is_ulid(text)
