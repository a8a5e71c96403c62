"""`atvsld duties`: what must be done by whom by when."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import click

from atvsld.project.cli import start
from atvsld.project.cli.output import json_option, print_json
from atvsld.project.cli.start import Failure

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from atvsld.registers.duties.models import Duty


@click.group("duties", invoke_without_command=True)
@click.option("--establishment", "tax_code", default="", help="Mã số thuế: báo cáo mà cơ sở này phải nộp, và vì sao.")
@click.option("--body", "body_code", default="", help="Mã cơ quan: báo cáo mà cơ quan này phải nộp.")
@click.option("--provider", "provider_code", default="", help="Mã số thuế hoặc mã hồ sơ của tổ chức dịch vụ.")
@click.option("--year", type=click.IntRange(2017, 2100), help="Năm; mặc định năm nay.")
@click.option("--at", "moment", default="", help="Xem như đang ở thời điểm này: 2026-05-04T09:30.")
@json_option
@click.pass_context
def command(
    context: click.Context, *, tax_code: str, body_code: str, provider_code: str, year: int | None, moment: str,
    as_json: bool,
) -> None:  # fmt: skip
    """Việc và hạn: việc đang phải làm, nhắc việc; báo cáo mà một đơn vị phải nộp.

    Ví dụ: atvsld duties --establishment 4000123456 --year 2026 --json
    """
    if context.invoked_subcommand is not None:
        return
    chosen = [(kind, code) for kind, code in (("establishments", tax_code), ("bodies", body_code),
                                              ("providers", provider_code)) if code]  # fmt: skip
    if not chosen:
        click.echo(context.get_help())
        return
    if len(chosen) > 1:
        raise Failure("Chỉ hỏi được một đơn vị mỗi lần: chọn một trong --establishment, --body, --provider.")
    from atvsld.project.cli.duties_owed import show

    show(*chosen[0], year=year, moment=moment, as_json=as_json)


@command.command()
@click.option("--due-within", "days", type=click.IntRange(0, 3660), help="Đến hạn trong số NGÀY tới, kể cả hôm nay.")
@click.option("--overdue", is_flag=True, help="Cả việc quá hạn; đứng một mình: chỉ việc quá hạn.")
@click.option("--place", "code", default="", help="Mã đơn vị hành chính; gồm mọi đơn vị bên trong.")
@click.option("--rule", default="", help="Quy tắc thời hạn, ví dụ INV_CHET.")
@click.option("--at", "moment", default="", help="Xem như đang ở thời điểm này: 2026-05-04T09:30.")
@json_option
def work(*, days: int | None, overdue: bool, code: str, rule: str, moment: str, as_json: bool) -> None:
    """Việc đang phải làm, hạn gần nhất trước (ví dụ: work --due-within 7 --json)."""
    start.django()
    start.require_migrated()
    from atvsld.registers.duties.models import Duty
    from atvsld.registers.duties.shown import as_data
    from atvsld.registers.duties.wording import due_text, remaining

    now = moment_of(moment)
    found = _chosen(Duty.objects.filter(state="open"), now, days, overdue=overdue)
    if rule:
        found = found.filter(rule=rule)
    if code:
        found = found.filter(place_id__in=_territory(code))
    listed = found.select_related("place", "establishment", "body").order_by("due_at", "pk")
    if as_json:
        print_json([as_data(duty, now) for duty in listed])
        return
    for duty in listed:
        click.echo(f"{remaining(duty, now)} · {due_text(duty)} · {duty.title} · {duty.label} · {duty.place}")
    click.echo(f"{len(listed)} việc")


@command.command()
@click.option("--at", "moment", default="", help="Nhắc như thể đang ở thời điểm này; mặc định bây giờ.")
@json_option
def tick(*, moment: str, as_json: bool) -> None:
    """Nhắc mọi việc đã đến lúc nhắc, như tác vụ chạy nền vẫn làm mỗi phút; gọi thừa không nhắc hai lần."""
    start.django()
    start.require_migrated()
    from atvsld.registers.duties import facade

    told = facade.tick(moment_of(moment))
    print_json({"told": told}) if as_json else click.echo(f"Đã gửi {told} tin nhắc.")


def _chosen(duties: QuerySet[Duty], now: datetime, days: int | None, *, overdue: bool) -> QuerySet[Duty]:
    from atvsld.registers.duties import queries

    if days is not None:
        within = queries.due_within(now, days)
        return duties.filter(within | queries.overdue(now) if overdue else within)
    return duties.filter(queries.overdue(now)) if overdue else duties


def _territory(code: str) -> set[int]:
    from atvsld.registers.places import tree

    graph = tree.current()
    units = graph.with_code(code)
    if not units:
        raise Failure(f"Không có đơn vị hành chính mang mã {code}.")
    return {pk for node in units for pk in graph.territory(node.pk)}


def moment_of(text: str) -> datetime:
    """The moment written, or the present one; `Failure` when it cannot be read."""
    from django.utils import timezone

    from atvsld.platform.acts import clock

    if not text:
        return clock.now()
    try:
        found = datetime.fromisoformat(text)
    except ValueError as error:
        raise Failure(f"“{text}” không phải thời điểm dạng 2026-05-04T09:30.") from error
    return found if timezone.is_aware(found) else timezone.make_aware(found)
