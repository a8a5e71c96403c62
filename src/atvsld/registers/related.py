"""What other apps know of a place, a body or an establishment, shown on its page without the page knowing them.

An app states its part in a module `related.py`:

    relate("place", lambda record, actor: Related(title=…, …))
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from atvsld.platform.access.actor import Actor


@dataclass(frozen=True, slots=True)
class Related:
    """Some records that belong to the one shown: the first few rows, how many there are, where all of them stand.

    A row is (address, main text, side texts). `count` is within the actor's reach; None when it is not counted.
    """

    title: str | Promise
    icon: str
    count: int | None = None
    url: str = ""
    url_label: str | Promise = ""
    empty: str | Promise = ""
    rows: tuple[tuple[str, str, tuple[Any, ...]], ...] = ()
    headings: tuple[str | Promise, ...] = ()


Source = Callable[[Any, Actor], Related | None]
_SOURCES: dict[str, list[Source]] = defaultdict(list)


def relate(kind: str, source: Source) -> None:
    """Let an app show its part on the pages of a kind of record (`place`, `body`, `establishment`)."""
    if source not in _SOURCES[kind]:
        _SOURCES[kind].append(source)


def related(kind: str, record: Any, actor: Actor) -> list[Related]:
    """Every part that has something to say of a record, in the order the apps are loaded."""
    return [part for source in _SOURCES[kind] if (part := source(record, actor)) is not None]
