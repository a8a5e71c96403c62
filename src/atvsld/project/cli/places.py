"""`atvsld places`: which unit was that, and the reorganisation of units."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from atvsld.project.cli import start
from atvsld.project.cli.output import json_option, print_json
from atvsld.project.cli.start import Failure

if TYPE_CHECKING:
    from atvsld.registers.places.drafts import Draft

# Lines shown under each effect at the terminal; --json gives all.
_LINES = 12
_DAY = click.DateTime(formats=["%Y-%m-%d", "%d/%m/%Y"])


@click.group("places")
def command() -> None:
    """Địa bàn: tra đơn vị hành chính theo ngày, sắp xếp đơn vị hành chính."""


@command.command()
@click.argument("code")
@click.option("--from", "since", type=_DAY, help="Ngày mà mã được dùng; mặc định hôm nay.")
@click.option("--to", "until", type=_DAY, help="Ngày cần biết; mặc định hôm nay.")
@click.option("--address", default="", help="Địa chỉ: khi đơn vị bị chia, tên xã mới, thôn, đường trong đó quyết định.")
@click.option("--establishment", "tax_code", default="", help="Mã số thuế của cơ sở: nơi cơ sở đang đứng quyết định.")
@json_option
def trace(
    *, code: str, since: datetime | None, until: datetime | None, address: str, tax_code: str, as_json: bool
) -> None:
    """Đơn vị mang MÃ vào một ngày nay (hoặc trước đó) là đơn vị nào.

    Đi tới, các tỷ phần cộng lại bằng 1. Đi lui, tỷ phần là phần của đơn vị cũ đã nhập vào.
    """
    start.django()
    start.require_migrated()
    from atvsld.kit.text import format_number
    from atvsld.registers.places import queries

    try:
        found = queries.trace(code, _day(since), _day(until), address=address, known=_place_of(tax_code))
    except queries.UnknownPlaceError as error:
        raise Failure(str(error)) from error
    if as_json:
        print_json(found.to_json())
        return
    click.echo(f"{found.unit.name} ({found.unit.code}), ngày {found.unit_on:%d/%m/%Y}")
    how = {"address": " (theo địa chỉ)", "known_place": " (theo nơi cơ sở đang đứng)"}.get(found.decided_by, "")
    click.echo(f"Ngày {found.asked_on:%d/%m/%Y}{how}:")
    for landing in found.landings:
        share = format_number(float(landing.share * 100))
        mark = " (ước lượng)" if landing.estimate else ""
        basis = f" – {landing.basis}" if landing.basis else ""
        click.echo(f"  {landing.node.name} ({landing.node.code}): {share} %{mark}{basis}")
    if not found.landings:
        click.echo("  không có đơn vị kế thừa trực tiếp")


def _place_of(tax_code: str) -> int | None:
    """The unit an establishment is recorded under."""
    if not tax_code:
        return None
    from atvsld.registers.establishments.models import Establishment

    found = Establishment.objects.filter(tax_code=tax_code, merged_into__isnull=True).values_list("place_id", flat=True)
    if not found:
        raise Failure(f"Không có cơ sở mang mã số thuế {tax_code}.")
    return found[0]


def _day(moment: datetime | None) -> date:
    from atvsld.platform.acts import clock

    return moment.date() if moment else clock.local_day(clock.now())


@command.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False), required=False)
@click.option("--apply", "carry_out", is_flag=True, help="Thực hiện; không có thì chỉ xem trước ảnh hưởng.")
@click.option("--on", "day", type=_DAY, help="Ngày có hiệu lực (cho tệp CSV).")
@click.option("--title", default="", help="Tên đợt sắp xếp (cho tệp CSV).")
@click.option("--basis", default="", help="Căn cứ pháp lý (cho tệp CSV).")
@click.option("--undo", "undone", default="", metavar="MÃ", help="Rút lại một đợt đã ghi nhận, theo mã của đợt.")
@click.option("--template", "blank", is_flag=True, help="In tệp CSV mẫu.")
@json_option
def reorganise(
    *,
    file: Path | None,
    carry_out: bool,
    day: datetime | None,
    title: str,
    basis: str,
    undone: str,
    blank: bool,
    as_json: bool,
) -> None:
    """Sắp xếp đơn vị hành chính theo TỆP (CSV hoặc YAML): xem trước, rồi --apply để thực hiện.

    Cột: kind (merge, split, rename, transfer, end), code, new_code, new_name, new_kind, new_level, new_parent,
    share, estimate, latitude, longitude. Tệp YAML có thêm title, effective_on, legal_basis, certainty, changes.
    """
    start.django()
    from atvsld.platform.acts import Conflict, Rejected
    from atvsld.registers.places import drafts

    if blank:
        click.echo(drafts.template(), nl=False)
        return
    start.require_migrated()
    try:
        if undone:
            result = _undo(undone)
        elif file is not None:
            head = {"title": title, "legal_basis": basis, "effective_on": day.date() if day else None}
            result = _reorganise(drafts.read_file(file.read_bytes(), file.name, head=head), carry_out=carry_out)
        else:
            raise click.UsageError("Thiếu TỆP, --undo hoặc --template.")
    except Rejected as error:
        if as_json:
            print_json({"problems": [problem.to_json() for problem in error.problems]})
        else:
            for problem in error.problems:
                where = f"dòng {problem.row}, cột {problem.column}: " if problem.row else ""
                value = f" [{problem.value}]" if problem.value else ""
                click.echo(f"{where}{problem}{value}", err=True)
        raise SystemExit(1) from error
    except Conflict as error:
        raise Failure(str(error)) from error
    print_json(result) if as_json else _tell(result)


def _reorganise(draft: Draft, *, carry_out: bool) -> dict[str, Any]:
    from atvsld.platform.acts import Rejected
    from atvsld.registers.places.actions import reorganise as actions

    if carry_out:
        done = actions.apply(start.command_line_act(draft.title), draft=draft)
        return {"id": done.public_id, "applied": True, **done.effects}
    seen = actions.preview(draft)
    if seen.problems:
        raise Rejected(seen.problems)
    return {"applied": False, **seen.to_json()}


def _undo(public_id: str) -> dict[str, Any]:
    from atvsld.registers.places.actions import reorganise as actions
    from atvsld.registers.places.models import Reorganisation

    held = Reorganisation.objects.filter(public_id=public_id).first()
    if held is None:
        raise Failure("Không có đợt sắp xếp mang mã này.")
    actions.undo(start.command_line_act(), reorganisation=held)
    return {"id": public_id, "undone": True, "levels": [], "effects": []}


def _tell(result: dict[str, Any]) -> None:
    from atvsld.registers.places.models import Place

    for row in result["levels"]:
        click.echo(f"{Place.Level(row['level']).label}: {row['before']} → {row['after']}")
    for effect in result["effects"]:
        click.echo(f"{'! ' if effect['attention'] else ''}{effect['label']}: {effect['count']}")
        for line in effect["lines"][:_LINES]:
            click.echo(f"    {line}")
        if len(effect["lines"]) > _LINES:
            click.echo(f"    … và {len(effect['lines']) - _LINES} dòng nữa")
    if result.get("undone"):
        click.echo(f"Đã rút lại đợt {result['id']}.")
    elif result["applied"]:
        click.echo(f"Đã thực hiện. Mã đợt: {result['id']}")
    else:
        click.echo("Mới là xem trước; thêm --apply để thực hiện.")


@command.command("boundaries")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--on", "day", type=_DAY, help="Một ngày mà các đơn vị trong tệp đang tồn tại; mặc định hôm nay.")
@json_option
def load_boundaries(*, file: Path, day: datetime | None, as_json: bool) -> None:
    """Nạp TỆP ranh giới (GeoJSON) của tỉnh để bản đồ tô màu theo vùng."""
    start.django()
    start.require_migrated()
    from atvsld.platform.acts import Rejected
    from atvsld.registers.places import boundaries

    try:
        done = boundaries.load(start.command_line_act(file.name), content=file.read_bytes(), on=_day(day))
    except Rejected as error:
        lines = [f"vùng {problem.row}: {problem}" if problem.row else str(problem) for problem in error.problems]
        raise Failure("\n".join(lines)) from error
    print_json(done) if as_json else click.echo(f"Đã nạp {done['outlines']} vùng; thiếu {len(done['missing'])} đơn vị.")
