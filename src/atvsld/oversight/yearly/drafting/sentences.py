"""From material to sentences: what a report says before anybody has written a word of it. Pure.

Every number is a figure with its source. What was said to be done names the tasks it rests on, so that it can be judged
by their evidence. Nothing is said that the material does not hold; what is missing is said to be missing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from atvsld.kit.text import format_date
from atvsld.oversight.yearly.drafting.line import Line, plain
from atvsld.oversight.yearly.drafting.material import (
    Compared,
    Drafted,
    Fig,
    Gathered,
    Group,
    Material,
    TargetSaid,
    TaskSaid,
)

DIRECTION, TASKS, TARGETS, MONEY, DIFFICULTIES, PROPOSALS = "1", "2", "3", "4", "5", "6"
# Claims named one by one under a heading of everybody's report; the rest stand in the table.
MOST_CLAIMS = 8
# Stands for the clause of what has neither task nor figure.
NOTHING = "-"
_STATES = (("done", "đã xong"), ("doing", "đang làm"), ("planned", "chưa bắt đầu"), ("stopped", "dừng, không làm"))


def drafted(material: Material) -> list[Drafted]:
    """The whole report, in order."""
    found = [*_direction(material), *_tasks(material), *_targets(material), *_money(material)]
    found += _gathered(material.difficulties, DIFFICULTIES, "difficulty", "Chưa đơn vị nào nêu khó khăn, vướng mắc.")
    found += _gathered(material.proposals, PROPOSALS, "proposal", "Chưa có kiến nghị, đề xuất.")
    return found


def _direction(material: Material) -> Iterator[Drafted]:
    line = Line()
    if material.whole:
        if material.filing is not None:
            yield from _filing(material)
        if plans := material.plans:
            text = f"Các đơn vị đã ban hành {line.amount(plans['issued'])} cho năm {material.year}"
            yield line.done(DIRECTION, "figures", "I:plans", text)
    elif material.plan.issued:
        text = f"{material.owner} đã lập kế hoạch năm {material.year} thực hiện {material.programme}"
        if material.plan.number:
            text += f", ban hành tại văn bản số {material.plan.number}"
        if material.plan.issued_on:
            text += f" ngày {format_date(material.plan.issued_on)}"
        yield line.done(DIRECTION, "free", "I:plan", text)
    else:
        yield line.done(DIRECTION, "free", "I:plan", f"Đơn vị chưa lập kế hoạch năm {material.year}")
    if counts := _counted(material.counts):
        yield counts.done(DIRECTION, "figures", "I:counts", counts.text)


class _Counts(Line):
    text = ""


def _counted(held: Mapping[str, Fig]) -> _Counts | None:
    total = held.get("all")
    if total is None or not total.value:
        return None
    line = _Counts()
    text = f"Có {line.amount(total)}"
    if (owners := held.get("owners")) and owners.value and owners.value > 1:
        text += f" của {line.amount(owners)}"
    states = [f"{line.mark(held[key])} {word}" for key, word in _STATES if key in held and held[key].value]
    if states:
        text += f": {', '.join(states)}"
    if "claimed" in held and held["claimed"].value:
        text += (
            f". Trong {line.mark(held['claimed'])} nhiệm vụ đã hoặc đang làm, "
            f"{line.mark(held['proven'])} nhiệm vụ có bằng chứng trong hồ sơ"
        )
    line.text = text
    return line


def _filing(material: Material) -> Iterator[Drafted]:
    filing = material.filing
    assert filing is not None
    counts, line = filing.counts, Line()
    text = (
        f"Đến {filing.moment}, {line.mark(counts['sent'])} trên {line.amount(counts['expected'])} phải báo cáo đã gửi "
        f"báo cáo năm"
    )
    if counts["late"].value:
        text += f", trong đó {line.amount(counts['late'])} gửi muộn"
    yield line.done(DIRECTION, "filing", "I:filing", text)
    line = Line()
    names = list(filing.missing)
    if filing.missing_local is not None and filing.missing_local.value:
        names.append(f"{line.mark(filing.missing_local)} xã, phường, đặc khu (danh sách kèm theo)")
    if names:
        yield line.done(DIRECTION, "filing", "I:missing", f"Chưa gửi báo cáo: {'; '.join(names)}")


def _tasks(material: Material) -> Iterator[Drafted]:
    for group in material.groups:
        yield from _group(group, whole=material.whole)
    if material.gaps:
        listed = "; ".join(material.gaps)
        text = f"Chưa ghi nhận nhiệm vụ, số liệu nào cho các nội dung: {listed}"
        yield Line().done(TASKS, "free", "II:gaps", text, clause=NOTHING)


def _group(group: Group, *, whole: bool) -> Iterator[Drafted]:
    if whole and (counts := _counted(group.counts)):
        yield counts.done(TASKS, "figures", f"II:{group.id}:counts", counts.text, clause=group.id)
    for word in dict.fromkeys(one.now.word for one in group.figures):
        told = [one for one in group.figures if one.now.word == word]
        yield _measured(told, TASKS, f"II:{group.id}:{word}", clause=group.id)
    shown: Iterable[TaskSaid] = group.tasks
    if whole:
        named = [one for one in group.tasks if not one.local and one.state in {"done", "doing"}]
        shown = sorted(named, key=lambda one: (not one.proven, one.state != "done", one.owner, one.pk))[:MOST_CLAIMS]
    for task in shown:
        yield _task(task, group, whole=whole)


def _measured(figures: list[Compared], section: str, key: str, clause: str = "") -> Drafted:
    """All figures of one measure, named by the register that counts them."""
    line, told = Line(), []
    for one in figures:
        label = plain(one.now.label) or one.now.word
        told.append(f"{label[:1].lower()}{label[1:]} {line.compared(one)}")
    register = plain(figures[0].register)
    text = f"Theo sổ “{register}”: {'; '.join(told)}" if register else "; ".join(told)
    return line.done(section, "figures", key, text, clause=clause)


def _task(task: TaskSaid, group: Group, *, whole: bool) -> Drafted:
    line = Line()
    who = f"{task.owner}: " if whole else ""
    title = line.named(task)
    said = plain(task.said)
    # A long report of progress is for the task's page.
    more = f"; {said[:1].lower() + said[1:]}" if said and len(said) <= 400 else ""
    key = f"II:{group.id}:task:{task.public_id}"
    if task.state == "done":
        when = f" (ngày {format_date(task.done_on)})" if task.done_on else ""
        text, kind = f"{who}đã hoàn thành nhiệm vụ “{title}”{when}{more}", "claim"
    elif task.state == "doing":
        text, kind = f"{who}đang thực hiện nhiệm vụ “{title}”{more}", "claim"
    elif task.state == "stopped":
        why = plain(task.stopped_why)
        text, kind = f"{who}nhiệm vụ “{title}” dừng, không thực hiện{f': {why}' if why else ''}", "free"
    else:
        term = f", hạn {format_date(task.ends_on)}" if task.ends_on else ""
        text, kind = f"{who}chưa bắt đầu nhiệm vụ “{title}”{term}", "free"
    return line.done(TASKS, kind, key, text, clause=group.id, tasks=(task.pk,) if kind == "claim" else ())


def _targets(material: Material) -> Iterator[Drafted]:
    for one in material.targets:
        yield _target(one)


def _target(one: TargetSaid) -> Drafted:
    line, held = Line(), one.figures
    text = line.quoted(one.label, word="target", key=one.id, label=f"Số ghi trong chỉ tiêu “{one.label}”", url=one.url)
    if "actual" in held and held["actual"].value is not None:
        text += f": đạt {line.amount(held['actual'])}"
        if "low" in held and "high" in held:
            text += f" (khoảng {line.mark(held['low'])} – {line.mark(held['high'])})"
        beside = [
            f"{word} {line.mark(held[key])}"
            for key, word in (("before", "năm trước"), ("baseline", "mốc gốc"), ("path", "mức cần đạt"))
            if key in held and held[key].value is not None
        ]
        text += f"; {'; '.join(beside)}" if beside else ""
    text += f". Đánh giá: {one.verdict}"
    for more in (one.reason, one.when):
        if more.strip():
            said = line.quoted(
                more, word="target", key=one.id, label=f"Số ghi trong nhận định về “{one.label}”", url=one.url
            )
            text += f". {said}"
    return line.done(TARGETS, "target", f"III:{one.id}", text)


def _money(material: Material) -> Iterator[Drafted]:
    told = [one for one in material.money if one.now.value is not None]
    if not told:
        yield Line().done(MONEY, "free", "IV:none", "Chưa ghi nhận kinh phí cho việc thực hiện kế hoạch trong kỳ")
    if told:
        yield _measured(told, MONEY, "IV:money")


def _gathered(found: Iterable[Gathered], section: str, kind: str, nothing: str) -> list[Drafted]:
    made = []
    for one in found:
        line = Line()
        text = line.carried(one.text, one.figures)
        if not text:
            continue
        names = list(one.names)
        if one.local is not None and one.local.value:
            names.append(line.amount(one.local))
        said_by = f" ({'; '.join(names)})" if names else ""
        made.append(line.done(section, kind, f"{section}:{one.key}", f"{text}{said_by}"))
    return made or [Line().done(section, "free", f"{section}:none", nothing)]
