"""Whether the process lives (/healthz) and whether the whole system can do its work (/readyz)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass

from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _

from atvsld import __version__

# A worker writes its heartbeat every 10 s; after this many seconds of silence it counts as gone.
WORKER_SILENCE_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Check:
    """One condition of readiness, with a sentence that says what was found."""

    name: str
    ok: bool
    detail: str


_migrated = False


def unapplied_migrations() -> list[str]:
    """Names of migrations this version needs and the database lacks."""
    global _migrated  # noqa: PLW0603 the files of a running process do not change
    if _migrated:
        return []
    executor = MigrationExecutor(connections[DEFAULT_DB_ALIAS])
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    _migrated = not plan
    return [f"{migration.app_label}.{migration.name}" for migration, _backwards in plan]


def database() -> Check:
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute("SELECT current_setting('server_version')")
        version = cursor.fetchone()[0]
    return Check("database", ok=True, detail=f"PostgreSQL {version}")


def migrations() -> Check:
    waiting = unapplied_migrations()
    if not waiting:
        return Check("migrations", ok=True, detail=_("đã đủ"))
    detail = _("thiếu %(count)d bước, bắt đầu từ %(name)s") % {"count": len(waiting), "name": waiting[0]}
    return Check("migrations", ok=False, detail=detail)


def worker() -> Check:
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute("SELECT extract(epoch FROM now() - max(last_heartbeat))::int FROM procrastinate_workers")
        silence = cursor.fetchone()[0]
    if silence is None:
        return Check("worker", ok=False, detail=_("chưa có tiến trình nền nào; chạy “atvsld worker”"))
    detail = _("tín hiệu cuối cách đây %(seconds)d giây") % {"seconds": silence}
    return Check("worker", ok=silence <= WORKER_SILENCE_SECONDS, detail=detail)


def law() -> Check:
    from atvsld.law import load_book

    book = load_book()
    return Check("law", ok=True, detail=str(getattr(book, "version", "") or _("đã nạp")))


def places() -> Check:
    from atvsld.registers.places.models import Place

    count = Place.objects.count()
    return Check("places", ok=count > 0, detail=_("%(count)d đơn vị hành chính") % {"count": count})


ALL: tuple[Callable[[], Check], ...] = (database, migrations, worker, law, places)


def checks() -> list[Check]:
    """Every condition, each answered even when another fails."""
    return [_answer(check) for check in ALL]


def _answer(check: Callable[[], Check]) -> Check:
    try:
        return check()
    except DatabaseError as error:
        # The class names the kind of trouble; the text of the server may name hosts and accounts.
        return Check(check.__name__, ok=False, detail=_("cơ sở dữ liệu lỗi: %(kind)s") % {"kind": type(error).__name__})
    except ValueError as error:
        return Check(check.__name__, ok=False, detail=str(error))


def healthz(_request: HttpRequest) -> JsonResponse:
    """200 as long as this process answers."""
    return _json({"alive": True, "version": __version__}, 200)


def readyz(_request: HttpRequest) -> JsonResponse:
    """200 when every condition holds, else 503; the body says which does not."""
    found = checks()
    ready = all(check.ok for check in found)
    return _json(
        {"ready": ready, "version": __version__, "checks": [asdict(check) for check in found]}, 200 if ready else 503
    )


def _json(body: dict[str, object], status: int) -> JsonResponse:
    answer = JsonResponse(body, status=status, json_dumps_params={"ensure_ascii": False})
    answer["Cache-Control"] = "no-store"
    return answer
