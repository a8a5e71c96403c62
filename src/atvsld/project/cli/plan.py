"""`atvsld plan`: the provincial plan and those around it: who must do what, by when, and what would prove it."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from atvsld.project.cli import plan_settle, plan_work
from atvsld.project.cli.output import json_option, print_json
from atvsld.project.cli.start import Failure

if TYPE_CHECKING:
    from collections.abc import Iterable

    from atvsld.law.programme import Assignment, Clause, Programme, Programmes
    from atvsld.law.programme_words import Word

_DAY = click.DateTime(formats=["%Y-%m-%d", "%d/%m/%Y"])
_PLAN = "province-2024"


@click.group("plan")
def command() -> None:
    """Kế hoạch của tỉnh và các văn bản trên, dưới nó: ai làm gì, hạn nào, bằng chứng gì."""


command.add_command(plan_work.bring)
command.add_command(plan_work.board)
command.add_command(plan_settle.settle)


@command.command("list")
@json_option
def list_all(*, as_json: bool) -> None:
    """Các chương trình, kế hoạch đang có, với chuỗi văn bản phía trên."""
    known = _programmes()
    rows = [
        {
            "id": one.id,
            "title": one.title.vi,
            "status": one.status.value,
            "complete": one.complete,
            "clauses": len(list(one.clauses)),
            "chain": [above.id for above in known.chain(one.id)],
        }
        for one in known.by_id.values()
    ]
    if as_json:
        print_json(rows)
        return
    for row in rows:
        whole = "" if row["complete"] else "; chưa có toàn văn"
        click.echo(f"{row['id']}: {row['title']} ({row['clauses']} nội dung{whole})")


@command.command()
@click.argument("programme", metavar="KẾ-HOẠCH", default=_PLAN)
@click.option(
    "--function", default="", help="Chỉ việc của một chức năng hay loại đơn vị, ví dụ health_lead, employers."
)
@click.option("--leads", is_flag=True, help="Với --function: chỉ việc chủ trì, bỏ việc phối hợp.")
@click.option("--under", default="", help="Chỉ một mục hay nội dung, ví dụ IV.1 hoặc III.4a.")
@click.option("--register", default="", help="Chỉ nội dung mà một sổ chứng minh được, ví dụ accidents.")
@click.option("--target", default="", help="Chỉ nội dung gắn với một mục tiêu, ví dụ II.2.")
@click.option("--year", type=click.IntRange(2016, 2100), help="Năm tính hạn; mặc định năm của ngày xem.")
@click.option("--on", "day", type=_DAY, help="Ai chịu trách nhiệm vào ngày này; mặc định hôm nay.")
@json_option
def show(
    *,
    programme: str,
    function: str,
    leads: bool,
    under: str,
    register: str,
    target: str,
    year: int | None,
    day: datetime | None,
    as_json: bool,
) -> None:
    """Cây nội dung của một kế hoạch (ví dụ: show --function health_lead --json)."""
    from atvsld.law import programme as plans
    from atvsld.law.programme_words import word_of

    known, on = _programmes(), _on(day)
    try:
        one = known[programme]
        chosen = {clause.id for clause in (one.under(under) if under else one.clauses)}
        if register:
            chosen &= {clause.id for clause in plans.for_register(one, register, words=known.words)}
        if target:
            chosen &= {clause.id for clause in plans.for_target(one, target)}
        mine: dict[str, Assignment] = {}
        if function:
            word = word_of(function, known.words.holders) or function
            found = plans.assignments(one, word, on=on, words=known.words)
            mine = {item.clause.id: item for item in found if item.leads or not leads}
            chosen &= set(mine)
    except LookupError as error:
        raise Failure(str(error.args[0])) from error
    told = []
    for clause in one.clauses:
        if clause.id in chosen:
            role = None if clause.id not in mine else "lead" if mine[clause.id].leads else "support"
            told.append({"role": role, **_told(known, one, clause, on, year or on.year)})
    print_json(told) if as_json else _print(one, told)


@command.command()
@click.option(
    "--document",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Văn bản dạng chữ để đối chiếu số đoạn.",
)
@click.argument("programme", metavar="KẾ-HOẠCH", default=_PLAN)
@json_option
def check(*, document: Path | None, programme: str, as_json: bool) -> None:
    """Kiểm tra dữ liệu kế hoạch: đoạn chưa có nội dung, việc không ai giữ, chức năng lạ, sổ chưa có.

    Mã thoát 1 khi có lỗi; điều cần biết thì chỉ in ra.
    """
    from atvsld.law.programme import unheld
    from atvsld.law.programme_document import differences, paragraphs

    known, today = _programmes(), _on(None)
    try:
        one = known[programme]
    except LookupError as error:
        raise Failure(str(error.args[0])) from error
    wrong = _functions_apart(known)
    wrong += [f"{clause.id}: không ai giữ vào ngày {today:%d/%m/%Y}." for clause in unheld(one, today)]
    if document is not None:
        wrong += differences(one, paragraphs(document.read_text(encoding="utf-8")))
    told = _counts(known, one)
    if as_json:
        print_json({"ok": not wrong, "problems": wrong, **told})
    else:
        for sentence in wrong:
            click.echo(f"LỖI  {sentence}")
        click.echo(
            f"{told['clauses']} nội dung cho {told['paragraphs']} đoạn; {told['binding']} nội dung phải thực hiện."
        )
        click.echo(f"Cơ quan suy ra, không nêu trong đoạn: {', '.join(told['read']) or 'không có'}")
        click.echo(f"Đứng riêng (không nối với nội dung khác, không có hạn): {', '.join(told['apart']) or 'không có'}")
        click.echo(f"Sổ cần có mà chưa có: {', '.join(told['registers_missing']) or 'không có'}")
    if wrong:
        raise SystemExit(1)


def _programmes() -> Programmes:
    from atvsld.law.errors import LawDataError
    from atvsld.law.programme_reading import load_programmes

    try:
        return load_programmes()
    except LawDataError as error:
        raise Failure(str(error)) from error


def _functions_apart(known: Programmes) -> list[str]:
    """Functions of the words that the register of bodies does not know, or the other way round."""
    from atvsld.registers.bodies.functions import FUNCTIONS

    apart = sorted(set(known.words.functions) ^ set(FUNCTIONS))
    return [f"Chức năng {word} không có ở cả hai nơi: sổ cơ quan và words.yaml." for word in apart]


def _counts(known: Programmes, one: Programme) -> dict[str, Any]:
    words = known.words
    clauses = [clause for clause in one.clauses if clause.binds]
    used = {words.evidence[kind].register for clause in clauses for kind in clause.evidence}
    used |= {words.measures[kind].register for clause in clauses for kind in clause.measures}
    apart = [clause for clause in clauses if not (clause.carries or clause.due or known.carried_by(one.id, clause.id))]
    return {
        "programme": one.id,
        "paragraphs": sum(section.paragraphs for section in one.sections),
        "clauses": len(list(one.clauses)),
        "binding": len(clauses),
        "read": [clause.id for clause in clauses if not all(holder.named for holder in clause.holders)],
        "apart": [clause.id for clause in apart],
        "registers_missing": sorted(word for word in used if word and not words.registers[word].exists),
    }


def _told(known: Programmes, one: Programme, clause: Clause, on: date, year: int) -> dict[str, Any]:
    from atvsld.law import load_book
    from atvsld.law.programme import needs
    from atvsld.law.programme_terms import terms

    words = known.words
    proof = needs(clause, words=words)
    return {
        "id": clause.id,
        "section": clause.section,
        "place": one.place(clause).vi,
        "citation": str(one.citation(clause)),
        "text": clause.text.vi,
        "text_en": clause.text.en,
        "kind": clause.kind.value,
        "holders": [
            {"word": holder.word, "label": words.holders[holder.word].label.vi, "named": holder.named}
            | {"status": holder.status.value, "citation": str(holder.citation) if holder.citation else None}
            for holder in clause.holders
            if holder.holds_on(on)
        ],
        "supporting": list(clause.supporting),
        "terms": [
            {
                "period": term.period.code,
                "rule": term.deadline.rule.id if term.deadline else None,
                "last_ok": term.deadline.last_ok if term.deadline else None,
            }
            for term in terms(load_book(), one, clause, year)
        ],
        "measures": _labels(words.measures[word] for word in clause.measures),
        "evidence": {
            "records": _labels(proof.records),
            "later": _labels(proof.later),
            "files": _labels(proof.files),
        },
        "targets": list(clause.targets),
        "carries": list(clause.carries),
        "carried_by": [f"{plan.id}:{other.id}" for plan, other in known.carried_by(one.id, clause.id)],
        "groups": list(clause.groups),
        "sectors": list(clause.sectors),
        "status": clause.status.value,
        "note": clause.note,
        "section_note": one.section(clause.section).note,
    }


def _labels(words: Iterable[Word]) -> list[str]:
    return [held.label.vi for held in words]


def _print(one: Programme, told: list[dict[str, Any]]) -> None:
    """Header, the headings that hold something shown, and their clauses; what is not official says so."""
    from atvsld.law.programme import ClauseKind, is_part

    click.echo(f"{one.title.vi}{_doubt(one.status.value)}")
    if one.note:
        click.echo(f"  {one.note}")
    by_section: dict[str, list[dict[str, Any]]] = {}
    for item in told:
        by_section.setdefault(item["section"], []).append(item)
    for section in one.sections:
        if any(is_part(shown, section.id) for shown in by_section):
            click.echo(f"{'  ' * section.depth}{section.id}  {section.title.vi}")
        if section.note and section.id in by_section:
            click.echo(f"{'  ' * (section.depth + 1)}{section.note}")
        for item in by_section.get(section.id, ()):
            indent = "  " * (section.depth + 1)
            support = " (phối hợp)" if item["role"] == "support" else ""
            click.echo(f"{indent}{item['id']}  {item['text']} · {ClauseKind(item['kind']).label.vi}{support}")
            who = "; ".join(
                held["label"] + ("" if held["named"] else " (suy ra)") + _doubt(held["status"])
                for held in item["holders"]
            )
            dates = "; ".join(f"{term['last_ok']:%d/%m/%Y}" for term in item["terms"] if term["last_ok"])
            click.echo(f"{indent}    {item['place']} · {who or '–'}{f' · ngày cuối {dates}' if dates else ''}")
            if item["note"]:
                click.echo(f"{indent}    {item['note']}")
    click.echo(f"{len(told)} nội dung", err=True)


def _doubt(status: str) -> str:
    """The status in brackets, nothing when it was read in the official text."""
    from atvsld.kit.certainty import Certainty

    return "" if status == Certainty.OFFICIAL else f" [{Certainty(status).label_vi}]"


def _on(day: datetime | None) -> date:
    if day is not None:
        return day.date()
    import os

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "atvsld.project.settings")
    from atvsld.platform.acts import clock

    return clock.local_day(clock.now())
