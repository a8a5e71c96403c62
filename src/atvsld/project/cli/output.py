"""Printing: sentences for people, one JSON value for programs."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import click

from atvsld.project.cli.start import Failure

F = TypeVar("F", bound=Callable[..., Any])


def json_option(function: F) -> F:
    """Adds --json; the command receives `as_json`."""
    return click.option("--json", "as_json", is_flag=True, help="In kết quả dạng JSON cho máy đọc.")(function)


def print_json(value: Any) -> None:
    """One JSON document on standard output; progress and errors go to standard error."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2, default=str))


def progress(sentence: str) -> None:
    click.echo(sentence, err=True)


@contextmanager
def timed(sentence: str) -> Iterator[None]:
    """Says what is being done and, when it took noticeable time, how long."""
    click.echo(f"{sentence} …", err=True, nl=False)
    begun = time.monotonic()
    try:
        yield
    except BaseException:
        click.echo("", err=True)
        raise
    click.echo(f" xong ({time.monotonic() - begun:.1f} giây)".replace(".", ","), err=True)


def write_file(content: bytes, output: Path | None) -> None:
    """To a file, or to standard output without one or for `-`. Written beside and moved: a stop leaves no half file."""
    if output is None or str(output) == "-":
        sys.stdout.buffer.write(content)
        return
    partial = output.with_name(output.name + ".part")
    try:
        partial.write_bytes(content)
        partial.replace(output)
    except OSError as error:
        raise Failure(f"Không ghi được {output}: {error.strerror}.") from error
    click.echo(f"Đã ghi {output} ({len(content):,} byte).".replace(",", "."), err=True)
