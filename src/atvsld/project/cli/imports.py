"""`atvsld import`: files taken in from the command line, templates, imports so far and their undoing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from atvsld.project.cli import output, start

if TYPE_CHECKING:
    from collections.abc import Callable

    from atvsld.platform.imports.findings import ImportOutcome
    from atvsld.platform.imports.mapping import Mapping
    from atvsld.platform.imports.models import ImportRun
    from atvsld.platform.imports.targets import Target
    from atvsld.platform.imports.undoing import Plan

SHOWN = 20


@click.group("import")
def command() -> None:
    """Nhập tệp Excel, OpenDocument hoặc CSV; lập tệp mẫu.

    Mã thoát: 0 mọi dòng được nhận hoặc không đổi; 1 có dòng bị từ chối (các dòng khác vẫn được ghi, trừ khi
    dùng --all-or-nothing) hoặc tệp không đọc được; 2 sai dòng lệnh.
    """


KINDS = ("accidents", "establishments", "workers", "service-providers")


def file_options(function: Callable[..., None]) -> Callable[..., None]:
    """What every command that takes in a file understands."""
    for decorate in (
        output.json_option,
        click.option(
            "--set",
            "constants",
            metavar="CỘT=GIÁ TRỊ",
            multiple=True,
            help="Giá trị chung cho cả tệp; dùng được nhiều lần.",
        ),
        click.option(
            "--mapping", metavar="MẪU", default="", help="Mẫu ánh xạ cột: tên có sẵn, tên đã lưu, hoặc tệp .yaml."
        ),
        click.option("--all-or-nothing", is_flag=True, help="Chỉ ghi khi mọi dòng đều đúng."),
        click.option("--dry-run", is_flag=True, help="Chỉ kiểm tra, không ghi gì."),
        click.argument("file", metavar="TỆP", type=click.Path(path_type=Path)),
    ):
        function = decorate(function)
    return function  # fmt: skip


@command.command("accidents")
@file_options
@click.option("--namespace", default="", help="Nguồn của mã vụ, khi nhiều nơi gửi cùng mã.")
def accidents(**given: Any) -> None:
    """Nhập tai nạn lao động từ TỆP, mỗi dòng một người bị nạn."""
    take_in("accidents", **given)


@command.command("establishments")
@file_options
def establishments(**given: Any) -> None:
    """Nhập cơ sở sản xuất, kinh doanh và lao động theo năm từ TỆP."""
    take_in("establishments", **given)


@command.command("workers")
@file_options
def workers(**given: Any) -> None:
    """Nhập người lao động từ TỆP, mỗi dòng một người và một nơi làm việc."""
    take_in("workers", **given)


@command.command("service-providers")
@file_options
def service_providers(**given: Any) -> None:
    """Nhập tổ chức dịch vụ từ TỆP, mỗi dòng một giấy tờ hoạt động."""
    take_in("service-providers", **given)


def take_in(
    kind: str, *, file: Path, dry_run: bool, all_or_nothing: bool, mapping: str, constants: tuple[str, ...],
    as_json: bool, namespace: str = "",
) -> None:  # fmt: skip
    """Take in one file of a kind and say what came of it; exit code 1 when something was refused."""
    given = _constants(constants)
    start.django()
    start.require_migrated()
    from atvsld.platform.imports import taking, targets

    target = targets.get(kind)
    options = targets.Options(dry_run=dry_run, all_or_nothing=all_or_nothing, namespace=namespace)
    act = start.command_line_act(reason=f"Tệp {file.name}")
    profile = _mapping(mapping, target) if mapping else None
    taken = taking.take_file(act, target, file, mapping=profile, constants=given, options=options)
    outcome = taken.outcome
    number = taken.run.public_id if taken.run else None
    if as_json:
        output.print_json({"import": number} | outcome.to_json())
    else:
        _print(outcome)
        if number:
            click.echo(f"Mã lần nhập: {number} (hoàn tác: atvsld import undo {number}).")
    if not outcome.clean:
        raise SystemExit(1)


@command.command("template")
@click.argument("kind", type=click.Choice(KINDS), metavar="LOẠI")
@click.option(
    "-o", "--output", "path", required=True, type=click.Path(dir_okay=False, path_type=Path), help="Tệp .xlsx sẽ ghi."
)
def template(*, kind: str, path: Path) -> None:
    """Lập tệp mẫu Excel có danh sách chọn và hướng dẫn từng cột.

    LOẠI là accidents, establishments, workers hoặc service-providers.
    """
    start.django(database=False)
    from atvsld.platform.imports import targets
    from atvsld.platform.imports.template import template_workbook

    content = template_workbook(targets.get(kind))
    try:
        path.write_bytes(content)
    except OSError as error:
        raise start.Failure(f"Không ghi được {path}: {error.strerror}.") from error
    click.echo(f"Đã ghi {path}.", err=True)


@command.command("list")
@click.option("--kind", type=click.Choice(KINDS), help="Chỉ một loại tệp.")
@click.option("--limit", default=50, show_default=True, type=click.IntRange(1, 1000), help="Số lần nhập gần nhất.")
@output.json_option
def list_runs(*, kind: str | None, limit: int, as_json: bool) -> None:
    """Các lần nhập gần đây của mọi người, mới nhất trước."""
    start.django()
    start.require_migrated()
    from atvsld.platform.imports.models import ImportRun

    found = ImportRun.objects.filter(target=kind) if kind else ImportRun.objects.all()
    rows = [_row(run) for run in found[:limit]]
    if as_json:
        output.print_json(rows)
        return
    for row in rows:
        click.echo(
            f"{row['import']}  {row['at']:%d/%m/%Y %H:%M}  {row['kind']}  {row['state']}  mới {row['new']},"
            f" sửa {row['changed']}, từ chối {row['rejected']}  {row['file']}"
        )


@command.command("undo")
@click.argument("number", metavar="MÃ")
@click.option("--dry-run", is_flag=True, help="Chỉ xem sẽ bỏ, khôi phục gì hoặc điều gì ngăn lại.")
@output.json_option
def undo(*, number: str, dry_run: bool, as_json: bool) -> None:
    """Hoàn tác lần nhập MÃ khi chưa có gì phụ thuộc vào nó.

    Mọi bản ghi trở lại như trước trong một lần, hoặc không đổi gì và nêu lý do (mã thoát 1).
    """
    start.django()
    start.require_migrated()
    from atvsld.platform.acts import Conflict, Rejected
    from atvsld.platform.imports.actions import undo as undoing
    from atvsld.platform.imports.models import ImportRun

    run = ImportRun.objects.filter(public_id=number).first()
    if run is None:
        raise start.Failure(f"Không có lần nhập nào mang mã {number}.")
    act = start.command_line_act(reason=f"Hoàn tác lần nhập {number}")
    plan = undoing.preview(act, run=run)
    if as_json:
        output.print_json({"import": number, "dry_run": dry_run} | plan.to_json())
    else:
        _print_plan(plan, dry_run=dry_run)
    if not plan.possible:
        raise SystemExit(1)
    if dry_run:
        return
    try:
        undoing.undo(act, run=run)
    except (Conflict, Rejected) as error:
        raise start.Failure(str(error)) from error
    if not as_json:
        click.echo("Đã hoàn tác.")


def _print_plan(plan: Plan, *, dry_run: bool) -> None:
    verb = "Sẽ" if dry_run else "Đang"
    for part in plan.parts:
        click.echo(
            f"{verb} đưa về như cũ – {part.kind}: bỏ {part.removed}, trở lại giá trị cũ {part.restored},"
            f" khôi phục {part.put_back}."
        )
    for problem in plan.problems():
        click.echo(f"Chưa hoàn tác được: {problem}", err=True)


def _row(run: ImportRun) -> dict[str, Any]:
    from django.utils import timezone

    return {
        "import": run.public_id,
        "kind": run.target,
        "file": run.filename,
        "state": run.state,
        "channel": run.channel,
        "at": timezone.localtime(run.created_at),
        "new": run.new_rows,
        "changed": run.changed_rows,
        "unchanged": run.unchanged,
        "rejected": run.rejected,
    }


def _constants(pairs: tuple[str, ...]) -> dict[str, str]:
    found = {}
    for pair in pairs:
        name, mark, value = pair.partition("=")
        if not mark:
            raise click.UsageError(f"--set cần dạng CỘT=GIÁ TRỊ, không phải “{pair}”.")
        found[name.strip()] = value.strip()
    return found


def _mapping(name: str, target: Target) -> Mapping:
    """A mapping shipped with the product, saved in the database, or in a file."""
    from atvsld.platform.imports import mapping
    from atvsld.platform.imports.findings import FileRefused
    from atvsld.platform.imports.models import MappingProfile

    try:
        if name in target.profiles():
            return target.profiles()[name]
        if saved := MappingProfile.objects.filter(target=target.slug, name=name).first():
            return mapping.from_data(saved.mapping, target.spec())
        return mapping.parse(Path(name).read_text(encoding="utf-8"), target.spec())
    except FileRefused as refused:
        raise start.Failure(str(refused)) from refused
    except (OSError, UnicodeError) as error:
        known = ", ".join(target.profiles())
        raise start.Failure(f"Không có mẫu ánh xạ “{name}”. Có sẵn: {known}; hoặc nêu một tệp .yaml.") from error


def _print(outcome: ImportOutcome) -> None:
    head = "Kiểm tra thử, chưa ghi gì: " if outcome.dry_run else ""
    taken = f"nhận {outcome.accepted} (mới {outcome.new}, sửa {outcome.changed})"
    click.echo(f"{head}{taken}, không đổi {outcome.unchanged}, từ chối {outcome.rejected} dòng.")
    _list("Lỗi", outcome.errors, outcome.errors_total)
    _list("Lưu ý", outcome.notes, outcome.notes_total)


def _list(title: str, problems: list[Any], total: int) -> None:
    if not total:
        return
    click.echo(f"{title} ({total}):")
    for problem in problems[:SHOWN]:
        click.echo(f"  {problem}")
    if total > SHOWN:
        click.echo(f"  … và {total - SHOWN} điều khác (xem đủ bằng --json).")
