"""Rows that a reporter adds to an open table are held to the checks of the form like any other."""

from __future__ import annotations

from datetime import date

from atvsld.oversight.filing.filled import Written, fill
from atvsld.oversight.filing.judging import problems
from atvsld.oversight.filing.shape import shape_of


def test_more_diagnosed_than_examined_is_found_in_the_row_that_was_added() -> None:
    shape = shape_of("TT19-8", date(2016, 8, 15), "2025")
    texts = {"IV.1#a/1": "Điếc do tiếng ồn", "IV.1#a/2": "40", "IV.1#a/4": "5", "IV.1#b/2": "3", "IV.1#b/4": "1.000"}
    filled = fill(shape, registers={}, header={}, entries={key: Written(text) for key, text in texts.items()})
    assert [check.where for check in filled.faults if check.id == "IV.1.found"] == ["IV.1#b/4"]
    stopping = [problem for problem in problems(filled) if problem.column == "IV.1#b/4"]
    assert len(stopping) == 1
    assert "IV.1" in stopping[0].message
    assert "IV.1" not in filled.figures or not filled.figures["IV.1"], "dòng thêm không thành ô số cố định"


def test_a_text_that_is_no_figure_is_said_once_and_fails_no_check() -> None:
    shape = shape_of("ND44-ID", date(2016, 7, 1), "2025")
    filled = fill(shape, registers={}, header={}, entries={"1#a/2": Written("nhiều"), "1#a/3": Written("2,5")})
    assert set(filled.unreadable) == {"1#a/2"}
    assert [(check.id, check.where) for check in filled.faults] == [("1.whole", "1#a/3")]
