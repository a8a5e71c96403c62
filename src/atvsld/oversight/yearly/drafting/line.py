"""One sentence in the making: text grows, figures get their marks. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from atvsld.oversight.yearly.citing import Uncited, uncited
from atvsld.oversight.yearly.drafting.material import Compared, Drafted, Fig, TaskSaid
from atvsld.oversight.yearly.marks import MARK, broken, marks_of

_NO_BRACES = str.maketrans("{}", "()")


@dataclass(slots=True)
class Line:
    """Figures of one sentence, in the order of their marks."""

    figures: list[Fig] = field(default_factory=list)

    def mark(self, figure: Fig) -> str:
        """The mark of a figure; one said twice has one mark."""
        if figure not in self.figures:
            self.figures.append(figure)
        return f"{{f{self.figures.index(figure) + 1}}}"

    def amount(self, figure: Fig) -> str:
        """The figure with its unit."""
        unit = figure.unit.strip()
        if uncited(unit):
            # “trên 100.000 lao động”: the number of a unit is the unit's own.
            label = f"Đơn vị tính của “{figure.label}”"
            shown = self.mark(figure)
            return f"{shown} {self.quoted(unit, word='unit', key=figure.key, label=label, url=figure.url)}"
        return f"{self.mark(figure)}{'' if unit == '%' else ' '}{unit}".rstrip()

    def compared(self, one: Compared) -> str:
        """“{f1} lớp (năm trước {f2} lớp, tăng {f3} %; mức đề ra {f4})”."""
        text = self.amount(one.now)
        beside = []
        if one.before is not None and one.before.value is not None:
            beside.append(f"năm trước {self.mark(one.before)}{self._change(one.now, one.before)}")
        elif one.before is not None:
            beside.append("năm trước chưa có số liệu")
        if one.aim is not None and one.aim.value is not None:
            beside.append(f"mức đề ra {self.amount(one.aim)}")
        return f"{text} ({'; '.join(beside)})" if beside else text

    def _change(self, now: Fig, before: Fig) -> str:
        if now.value is None or before.value is None:
            return ""
        if now.value == before.value:
            return ", không đổi"
        if before.value == 0:
            return ""
        # Of shares the change is told in points: “7,9 % of 93 %” would be read as points by everybody.
        word, unit = ("points", "điểm %") if now.unit.strip() == "%" else ("percent", "%")
        change = change_of(now.value, before.value, word)
        refer = f"{self.mark(now)}{self.mark(before)}".replace("}{", ",").strip("{}")
        label = f"Mức thay đổi của “{now.label}” so với năm trước"
        rise = Fig("change", word, refer, label[:300], abs(change), unit, dict(now.asked), decimals=1)
        return f", {'tăng' if change > 0 else 'giảm'} {self.amount(rise)}"

    def named(self, task: TaskSaid) -> str:
        """A task's own name; a number in it is cited to the task that states it."""
        label = f"Số ghi trong tên nhiệm vụ “{task.title}”"
        return self.quoted(task.title, word="task", key=task.public_id, label=label, url=task.url)

    def quoted(self, text: str, *, word: str, key: str, label: str, url: str) -> str:
        """Words of a record; every number in them is cited to that record."""
        found = " ".join(text.translate(_NO_BRACES).split()).rstrip(".;")
        parts, last = [], 0
        for one in _within(found):
            stated = Fig("stated", word, key, label[:300], _value(one.text), url=url, shown=one.text[:40])
            parts += [found[last : one.at], self.mark(stated)]
            last = one.at + len(one.text)
        return "".join([*parts, found[last:]])

    def carried(self, text: str, figures: Mapping[str, Fig]) -> str:
        """Words of another report with their figures; empty when a number in them rests on nothing."""
        if not figures:
            return plain(text)
        if uncited(text) or broken(text) or not set(marks_of(text)) <= set(figures):
            return ""
        return MARK.sub(lambda hit: self.mark(figures[hit[1]]), text).rstrip(".; ")

    def done(
        self, section: str, kind: str, key: str, text: str, *, clause: str = "", tasks: tuple[int, ...] = ()
    ) -> Drafted:
        """The sentence; its text begins with a capital and ends with a full stop."""
        text = " ".join(text.split())
        text = text[:1].upper() + text[1:]
        if not text.endswith((".", "!", "?")):
            text += "."
        return Drafted(section, kind, key[:160], text, clause, tuple(self.figures), tasks)


def change_of(now: Decimal, before: Decimal, word: str) -> Decimal:
    """Change in per cent, or in points, one place. ZeroDivisionError for per cent of nothing."""
    found = now - before if word == "points" else (now - before) / before * 100
    return found.quantize(Decimal("0.1"))


def _value(text: str) -> Decimal | None:
    digits = text.replace(".", "").replace(",", ".").replace("−", "-").rstrip("% ")
    try:
        return Decimal(digits)
    except ArithmeticError:
        return None


def _within(text: str) -> list[Uncited]:
    """Uncited numbers of words that will stand within a sentence: no number of a heading begins them."""
    before = "x "
    return [replace(one, at=one.at - len(before)) for one in uncited(f"{before}{text}")]


def plain(text: str) -> str:
    """Somebody's words when they tell no number; empty otherwise: a number typed there rests on nothing."""
    text = " ".join(text.split()).strip()
    return "" if _within(text) or "{" in text or "}" in text else text.rstrip(".; ")
