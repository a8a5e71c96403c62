"""`atvsld plan import` and `atvsld plan board`: a plan out of a file, and how the bodies carry one out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, NoReturn

import click

from atvsld.project.cli import start as starting
from atvsld.project.cli.output import json_option, print_json
from atvsld.project.cli.start import Failure, command_line_act

_DAY = click.DateTime(formats=["%Y-%m-%d", "%d/%m/%Y"])


@click.command("import")
@click.argument("file", metavar="TỆP", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--body", "code", required=True, help="Mã cơ quan có kế hoạch, như trong sổ cơ quan.")
@click.option("--id", "plan_id", default="", help="Mã kế hoạch, khi tệp chưa ghi.")
@click.option("--title", default="", help="Tên kế hoạch, khi tệp chưa ghi.")
@click.option("--level", default="", help="Cấp: national, party, province, body, establishment.")
@click.option("--from", "start", type=_DAY, help="Áp dụng từ ngày, khi tệp chưa ghi.")
@click.option("--carries-out", multiple=True, help="Mã văn bản mà kế hoạch thực hiện; ghi được nhiều lần.")
@click.option("--number", default="", help="Số, ký hiệu: có thì ban hành ngay, cùng --issued-on.")
@click.option("--issued-on", type=_DAY, help="Ngày ban hành.")
@json_option
def bring(
    *,
    file: Path,
    code: str,
    plan_id: str,
    title: str,
    level: str,
    start: datetime | None,
    carries_out: tuple[str, ...],
    number: str,
    issued_on: datetime | None,
    as_json: bool,
) -> None:
    """Nhập một kế hoạch từ Excel hoặc Word. Tệp còn lỗi thì in từng lỗi và không ghi gì (mã thoát 1)."""
    starting.django()
    from atvsld.kit.ids import new_ulid
    from atvsld.oversight.programme import actions, facade
    from atvsld.platform.acts import Conflict, Rejected
    from atvsld.registers.bodies.models import Body

    act = command_line_act("Nhập kế hoạch từ tệp")
    body = Body.objects.filter(code=code).first()
    if body is None:
        raise Failure(f"Không có cơ quan mã “{code}”. Xem: atvsld bodies list.")
    said = {
        "id": plan_id, "title": title, "level": level, "carries_out": "; ".join(carries_out),
        "valid_from": f"{start.date()}" if start else "",
    }  # fmt: skip
    try:
        content = file.read_bytes()
        found = facade.judge(content, said=said, issuer=facade.issuer_of(body, act.day))
        if found.problems:
            _refuse(list(found.problems), as_json=as_json)
        made = actions.enter(
            act, key=new_ulid(), header=found.header, rows=found.brought.rows, body=body, source=(file.name, content)
        )
        if number and issued_on:
            made = actions.issue(
                act, entered=made, version=made.version, number=number, issued_on=issued_on.date()
            )  # fmt: skip
    except Rejected as error:
        _refuse(error.problems, as_json=as_json)
    except Conflict as error:
        raise Failure(str(error)) from error
    told = {"id": made.code, "edition": made.edition, "state": made.state, "rows": len(made.rows)}
    if as_json:
        print_json({"ok": True, **told, "notes": list(found.brought.notes)})
        return
    for note in found.brought.notes:
        click.echo(note)
    click.echo(f"{made.title} ({made.code}), bản {made.edition}: {made.get_state_display()}, {len(made.rows)} dòng.")


def _refuse(problems: Sequence[Any], *, as_json: bool) -> NoReturn:
    """Every mistake by its place, and exit code 1: nothing was written."""
    if as_json:
        told = [
            {"row": one.row, "column": one.column, "id": one.value, "message": one.message, "remedy": one.remedy}
            for one in problems
        ]
        print_json({"ok": False, "problems": told})
    else:
        for one in problems:
            where = f"dòng {one.row}, cột {one.column}: " if one.row else ""
            click.echo(f"LỖI  {where}{one.message} {one.remedy}")
    raise SystemExit(1)


@click.command()
@click.argument("programme", metavar="KẾ-HOẠCH", default="province-2024")
@click.option("--year", type=click.IntRange(2016, 2100), help="Năm của nhiệm vụ; mặc định năm nay.")
@click.option("--overdue", is_flag=True, help="Chỉ việc quá hạn.")
@click.option("--unproven", is_flag=True, help="Chỉ việc đã báo làm mà không có bằng chứng còn giá trị.")
@json_option
def board(*, programme: str, year: int | None, overdue: bool, unproven: bool, as_json: bool) -> None:
    """Nội dung theo đơn vị và tình trạng nhiệm vụ của một năm."""
    starting.django()
    from atvsld.law.errors import UnknownEntry
    from atvsld.oversight.programme import board as boards
    from atvsld.oversight.programme import facade

    act = command_line_act()
    try:
        plan = facade.plan(programme)
    except UnknownEntry as error:
        raise Failure(str(error.args[0])) from error
    asked = boards.Filter(overdue=overdue, unproven=unproven)
    found = boards.board(act.actor, plan, year or act.day.year, today=act.day, asked=asked)
    rows: list[dict[str, Any]] = [
        {
            "clause": line.clause.id,
            "text": line.clause.text.vi,
            "bodies": [
                {
                    "body": str(cell.column.label),
                    "tasks": cell.tally.tasks,
                    **{str(look): count for look, count in cell.tally.looks.items()},
                    "idle": cell.idle,
                }
                for cell in line.told
            ],
        }
        for line in found.lines
    ]
    whole = {str(look): count for look, count in found.whole.looks.items()}
    if as_json:
        print_json({"programme": plan.id, "year": found.year, "tasks": found.whole.tasks, **whole, "lines": rows})
        return
    for row in rows:
        said = "; ".join(_cell(cell) for cell in row["bodies"])
        click.echo(f"{row['clause']}  {said}")
    click.echo(f"{found.whole.tasks} nhiệm vụ: {', '.join(f'{name} {count}' for name, count in whole.items()) or '–'}")


def _cell(cell: dict[str, Any]) -> str:
    states = [f"{name} {count}" for name, count in cell.items() if name not in ("body", "tasks", "idle") and count]
    return f"{cell['body']}: {', '.join(states) or 'chưa có việc'}"
