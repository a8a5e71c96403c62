"""`atvsld law`: look into the law book: what holds on a day, until when, and what is not confirmed."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import click

from atvsld.project.cli.output import json_option, print_json
from atvsld.project.cli.start import Failure

if TYPE_CHECKING:
    from collections.abc import Callable

_DAY = click.DateTime(formats=["%Y-%m-%d", "%d/%m/%Y"])


@click.group("law")
def command() -> None:
    """Bộ pháp luật: văn bản, tham số, danh mục, thời hạn, biểu mẫu; đều có căn cứ và mức xác nhận."""


@command.command()
@json_option
def provisional(*, as_json: bool) -> None:
    """Mọi mục chưa đọc được trong văn bản gốc (indirect, provisional)."""
    from atvsld.casework.procedures.rules import load_procedures
    from atvsld.law import load_book

    book = load_book()
    entries = [*book.unconfirmed(), *load_procedures().unconfirmed()]
    if as_json:
        print_json(
            [
                {
                    "kind": entry.kind,
                    "id": entry.id,
                    "label": entry.label,
                    "status": entry.status.value,
                    "citation": entry.citation,
                    "note": entry.note,
                }
                for entry in entries
            ]
        )
        return
    for entry in entries:
        note = f" – {entry.note}" if entry.note else ""
        click.echo(f"[{entry.status.value}] {entry.kind} {entry.id}: {entry.label} ({entry.citation}){note}")
    click.echo(f"{len(entries)} mục chưa xác nhận · bộ pháp luật {book.version}")


@command.command()
@click.argument("rule")
@click.option("--at", "moment", default="", help="Thời điểm phát sinh: 2026-05-04T09:30 hoặc 2026-05-04.")
@click.option("--period", "period", default="", help="Kỳ báo cáo, cho các quy tắc R1…: 2026-H1.")
@json_option
def deadline(*, rule: str, moment: str, period: str, as_json: bool) -> None:
    """Tính hạn theo một QUY TẮC (ví dụ INV_CHET --at 2026-05-04T09:30, R1 --period 2026-H1)."""
    from atvsld.kit.periods import Period
    from atvsld.law import load_book
    from atvsld.law.deadlines import due

    def find() -> Any:
        at = datetime.fromisoformat(moment) if moment else None
        return due(load_book(), rule, at=at, period=Period.parse(period) if period else None)

    found = _or_failure(find)
    if as_json:
        print_json(found.to_json())
        return
    click.echo(found.explanation.text)


@command.command()
@click.argument("name")
@click.option("--on", "day", type=_DAY, help="Ngày; mặc định hôm nay.")
@json_option
def parameter(*, name: str, day: datetime | None, as_json: bool) -> None:
    """Giá trị của một tham số vào một ngày (ví dụ salary.base --on 2026-07-15)."""
    from atvsld.law import load_book

    found = _or_failure(lambda: load_book().as_of(_day(day))[name])
    value = {
        "name": name,
        "value": str(found.value),
        "valid_from": found.valid_from.isoformat(),
        "valid_to": found.valid_to.isoformat() if found.valid_to else None,
        "citation": str(found.citation),
        "status": found.status.value,
    }
    print_json(value) if as_json else click.echo(f"{name} = {found.value} ({found.citation}; {found.status.label_vi})")


@command.command()
@click.argument("name", required=False)
@click.option("--on", "day", type=_DAY, help="Bản có hiệu lực vào ngày này; mặc định hôm nay.")
@click.option(
    "--version", "version", default="", help="Một bản theo tên của nó (ví dụ 2018), kể cả bản đã hết hiệu lực."
)
@click.option("--search", default="", help="Chữ trong tên, không cần dấu, hoặc các số đầu của mã.")
@click.option("--to", "other", default="", help="Bản khác: mã tìm được chuyển sang mã nào ở đó.")
@json_option
def codes(*, name: str | None, day: datetime | None, version: str, search: str, other: str, as_json: bool) -> None:
    """Một danh mục mã; bỏ trống tên thì liệt kê các danh mục với mọi bản."""
    from atvsld.registers.codes import catalogue

    if name is None:
        _list_codes(as_json=as_json)
        return

    def find() -> dict[str, Any]:
        held = catalogue.version_of(name, version, _day(day)) if version else catalogue.in_force(name, _day(day))
        found = catalogue.items(held, search=search)
        data = catalogue.version_data(held) | {"items": [catalogue.item_data(held, item) for item in found]}
        for item in data["items"] if other else ():
            way = catalogue.conversion(name, item["code"], version=held.version, to=other)
            item["conversion"] = catalogue.conversion_data(way)
        return data

    found = _or_failure(find)
    if as_json:
        print_json(found)
        return
    if not found["complete"]:
        click.echo("Danh mục CHƯA ĐẦY ĐỦ: còn thiếu mã.", err=True)
    for item in found["items"]:
        click.echo(f"{item['code']}\t{item['label']}{_way(item)}")


def _list_codes(*, as_json: bool) -> None:
    from atvsld.registers.codes import catalogue

    data: list[dict[str, Any]] = [
        {"name": one.name, "versions": [catalogue.version_data(held) for held in one.versions]}
        for one in catalogue.everything(_day(None))
    ]
    if as_json:
        print_json(data)
        return
    for one in data:
        for held in one["versions"]:
            span = f"{held['valid_from']} – {held['valid_to'] or 'nay'}"
            state = "" if held["complete"] else "; CHƯA ĐẦY ĐỦ"
            click.echo(f"{one['name']}\tbản {held['version']} ({span}; {held['size']} mã; {held['status']}{state})")


def _way(item: dict[str, Any]) -> str:
    """Where a code leads in the other version, when that was asked."""
    if "conversion" not in item:
        return ""
    targets = item["conversion"]["targets"]
    if not targets:
        return "\t→ không có ánh xạ"
    return "\t→ " + "; ".join(
        f"{target['code']} ({'nguyên vẹn' if target['lossless'] else 'không nguyên vẹn'})" for target in targets
    )


@command.command()
@json_option
def forms(*, as_json: bool) -> None:
    """Các biểu mẫu theo luật, từng bản với ngày có hiệu lực và mức xác nhận."""
    from atvsld.law import load_book

    rows = [
        {
            "code": form.code,
            "valid_from": form.valid_from.isoformat(),
            "title": form.title.vi,
            "status": form.status.value,
            "citation": str(form.citation),
            "note": form.status_note,
        }
        for form in load_book().forms
    ]
    if as_json:
        print_json(rows)
        return
    for row in rows:
        click.echo(f"{row['code']} (từ {row['valid_from']}, {row['status']}): {row['title']}")


@command.command()
@click.argument("kind", type=click.Choice(["compensation", "allowance", "one_time", "monthly", "death", "student"]))
@click.option("--impairment", type=int, help="Mức suy giảm khả năng lao động, phần trăm.")
@click.option("--died", is_flag=True, help="Người bị nạn chết (bồi thường, trợ cấp, hỗ trợ sinh viên).")
@click.option("--salary", type=int, help="Tiền lương tháng bình quân 6 tháng trước khi bị nạn, đồng.")
@click.option(
    "--insured-salary", type=int, multiple=True, help="Tiền lương đóng bảo hiểm, đồng; lặp lại nếu nhiều hợp đồng."
)
@click.option("--years", type=int, help="Số năm tròn đóng vào quỹ.")
@click.option("--date", "day", type=_DAY, help="Ngày quyết định mức hưởng; mặc định hôm nay.")
@json_option
def entitlement(
    *,
    kind: str,
    impairment: int | None,
    died: bool,
    salary: int | None,
    insured_salary: tuple[int, ...],
    years: int | None,
    day: datetime | None,
    as_json: bool,
) -> None:
    """Tính một chế độ cho người bị nạn (ví dụ compensation --impairment 31 --salary 10000000 --date 2026-07-15)."""
    from atvsld.kit.certainty import Certainty
    from atvsld.law import load_book
    from atvsld.law.entitlements import entitlement as reckon

    found = _or_failure(
        lambda: reckon(
            load_book(),
            kind,
            on=_day(day),
            impairment=impairment,
            died=died,
            salary=salary,
            insured_salary=insured_salary or None,
            years=years,
        )
    )
    if as_json:
        print_json(found.to_json())
        return
    click.echo(found.explanation.text)
    click.echo(f"Căn cứ: {'; '.join(map(str, found.citations))} ({found.status.label_vi})")
    for part in found.explanation.parts:
        if part.status is not Certainty.OFFICIAL:
            click.echo(f"[{part.status.value}] {part.text}")


def _or_failure(find: Callable[[], Any]) -> Any:
    try:
        return find()
    except (LookupError, ValueError) as error:
        raise Failure(str(error.args[0] if error.args else error)) from error


def _day(moment: datetime | None) -> date:
    from atvsld.platform.acts import clock

    if moment is not None:
        return moment.date()
    import os

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "atvsld.project.settings")
    return clock.local_day(clock.now())
