"""`atvsld paper`: which papers a case offers, one of them as a file, and whether a file is an issued paper."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from atvsld.project.cli import start
from atvsld.project.cli.output import json_option, print_json, write_file
from atvsld.project.cli.start import Failure

if TYPE_CHECKING:
    from atvsld.casework.accidents.models import AccidentCase
    from atvsld.platform.acts import Act
    from atvsld.platform.papers.verifying import Verified

FORMATS = ("docx", "pdf", "json", "html")
_as_user = click.option(
    "--as", "username", default="", metavar="TÀI_KHOẢN",
    help="Làm với quyền của tài khoản này; bỏ trống là quyền của cấp tỉnh.",
)  # fmt: skip


@click.group("paper")
def command() -> None:
    """Văn bản của vụ tai nạn: loại nào soạn được, xuất dự thảo, đối chiếu tệp."""


@command.command()
@click.argument("case", metavar="VỤ", required=False, default="")
@_as_user
@json_option
def kinds(*, case: str, username: str, as_json: bool) -> None:
    """Văn bản soạn được cho VỤ (số hồ sơ hoặc mã); không nêu VỤ thì mọi loại văn bản."""
    _prepare()
    from atvsld.platform.papers.registry import Offer, kinds, source_of

    if case:
        act = _act(username)
        offers = source_of("accidents").offered(act.actor, _case(act, case))
    else:
        offers = [Offer(kind) for kind in kinds()]
    if as_json:
        print_json(
            [
                {
                    "kind": offer.kind.code, "label": offer.kind.label, "part": offer.part, "note": str(offer.note),
                    "form": offer.kind.form, "citation": offer.kind.citation, "status": offer.kind.status.value,
                }
                for offer in offers
            ]
        )  # fmt: skip
        return
    for offer in offers:
        part = f"  --part {offer.part} ({offer.note})" if offer.part else ""
        click.echo(f"{offer.kind.code}  {offer.kind.label}{part}")
    click.echo(f"{len(offers)} loại văn bản", err=True)


@command.command()
@click.argument("case", metavar="VỤ")
@click.argument("kind", metavar="LOẠI")
@click.option("--part", default="", metavar="MÃ", help="Phần của hồ sơ, khi có nhiều (xem “paper kinds”).")
@click.option("--format", "format_name", type=click.Choice(FORMATS), default="docx", show_default=True)
@click.option("--reason", default="", help="Mục đích; lượt đọc danh tính được ghi lại cùng mục đích này.")
@click.option("-o", "--output", type=click.Path(dir_okay=False, allow_dash=True, path_type=Path),
              help="Ghi ra tệp; bỏ trống hoặc “-” thì in ra.")  # fmt: skip
@_as_user
def render(
    *, case: str, kind: str, part: str, format_name: str, reason: str, output: Path | None, username: str
) -> None:
    """Dự thảo LOẠI văn bản của VỤ từ hồ sơ hiện nay; không ghi gì vào hệ thống ngoài lượt đọc.

    Ví dụ: atvsld paper render TN-2026-000123 accident-team-province --format pdf -o quyet-dinh.pdf
    """
    _prepare()
    from atvsld.documents.fonts_folder import FontsMissing
    from atvsld.platform.acts import Refused, Rejected
    from atvsld.platform.papers import facade as papers

    act = _act(username, reason)
    try:
        wanted = papers.kind_of(kind)
    except KeyError as error:
        raise Failure(f"Không có loại văn bản “{kind}”; xem “atvsld paper kinds”.") from error
    found = _case(act, case)
    try:
        sketch = papers.sketch(act, kind=wanted, subject=found.public_id, part=part)
        content = papers.draft_file(act, sketch, format_name)
    except (Rejected, Refused, FontsMissing) as error:
        raise Failure(str(error)) from error
    write_file(content, output)


@command.command()
@click.argument("file", metavar="TỆP", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--code", default="", metavar="MÃ", help="Mã xác minh in trên văn bản; bỏ trống thì tìm theo mã băm.")
@json_option
def verify(*, file: Path, code: str, as_json: bool) -> None:
    """TỆP có đúng là văn bản đã ban hành hay không; mã thoát 1 khi không phải hoặc đã hủy."""
    _prepare()
    from atvsld.platform.papers.verifying import holding, look_up, matching

    content = file.read_bytes()
    if code:
        known = look_up(code)
        if known is None:
            raise Failure(f"Không có văn bản nào mang mã {code}.")
    else:
        known = next(iter(holding(content)), None)
    same = matching(known, content) if known is not None else None
    if as_json:
        print_json(_verdict(known) | {"equal": same is not None, "current": bool(same and same.current)})
    elif known is None:
        click.echo("Không khớp văn bản nào đã ban hành.")
    else:
        said = "Khớp" if same and same.current else "Khớp một bản trước của" if same else "Không khớp"
        state = "; văn bản ĐÃ HỦY" if known.withdrawn else ""
        click.echo(f"{said}: {known.title}, số {known.number}, {known.issuer}{state}.")
    if same is None or (known is not None and known.withdrawn):
        raise SystemExit(1)


def _prepare() -> None:
    start.django()
    start.require_migrated()


def _act(username: str, reason: str = "") -> Act:
    """Whoever sits at the terminal, or somebody named, with no more than their own rights."""
    act = start.command_line_act(reason)
    if not username:
        return act
    from atvsld.platform.accounts.models import User
    from atvsld.registers.offices.grants import actor_for

    user = User.objects.filter(username=username).first()
    if user is None:
        raise Failure(f"Không có tài khoản “{username}”.")
    return replace(act, actor=actor_for(user, act.day))


def _case(act: Act, text: str) -> AccidentCase:
    """A case within reach by its number or public id."""
    from atvsld.casework.accidents import queries

    visible = queries.visible_cases(act.actor).select_related("place", "establishment")
    found = visible.filter(public_id=text).first()
    if found is None:
        found = next((one for one in queries.search(visible, text)[:20] if one.number.lower() == text.lower()), None)
    if found is None:
        raise Failure(f"Không có vụ “{text}” trong phạm vi của tài khoản.")
    return found


def _verdict(known: Verified | None) -> dict[str, object]:
    if known is None:
        return {"title": None}
    return {
        "title": known.title, "number": known.number, "issuer": known.issuer, "code": known.code,
        "day": known.day.isoformat() if known.day else None, "withdrawn": known.withdrawn,
        "provisional": known.provisional,
    }  # fmt: skip
