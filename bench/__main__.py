"""Run every measurement (`python -m bench`), or those named, in a database of its own that is thrown away.

`--full` takes the sizes a province may send at most; it needs some minutes and gigabytes.
"""

from __future__ import annotations

import importlib
import os
import pkgutil
import sys
import tempfile
from pathlib import Path

import bench

ROOT = Path(__file__).resolve().parents[1]


def main(wanted: list[str]) -> None:
    """Each module of this package has `run(say)`."""
    sys.path.insert(0, str(ROOT / "src"))
    os.environ["DJANGO_SETTINGS_MODULE"] = "atvsld.project.settings"
    with tempfile.TemporaryDirectory(
        prefix="atvsld-bench-", dir="/var/tmp" if Path("/var/tmp").is_dir() else None
    ) as home:
        os.environ["ATVSLD_HOME"] = os.environ.get("ATVSLD_BENCH_HOME") or home
        os.environ.pop("ATVSLD_BENCH_HOME", None)
        from atvsld.platform.database import EmbeddedServer

        with EmbeddedServer(Path(os.environ["ATVSLD_HOME"])).lease():
            _prepare()
            for module in pkgutil.iter_modules(bench.__path__):
                if module.name.endswith("_bench") and (not wanted or module.name.removesuffix("_bench") in wanted):
                    print(f"— {module.name.removesuffix('_bench')}", flush=True)
                    importlib.import_module(f"bench.{module.name}").run(lambda line: print(f"  {line}", flush=True))
            from django.db import connections

            connections.close_all()


def _prepare() -> None:
    """An empty province: tables and reference data."""
    import django
    from django.conf import settings

    from atvsld.platform.database.migrating import migrate

    settings.DATABASES["default"]["OPTIONS"].pop("pool", None)
    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    django.setup()
    migrate(verbosity=0)
    from atvsld.platform.access.actor import system_actor
    from atvsld.platform.access.permissions import all_permissions
    from atvsld.platform.acts import Act, Channel
    from atvsld.registers.bodies import loading as bodies
    from atvsld.registers.places import loading as places

    act = Act(system_actor("bench", all_permissions()), Channel.CLI)
    places.load(act)
    bodies.load(act)


if "--full" in sys.argv:
    os.environ["BENCH_FULL"] = "1"
main([name for name in sys.argv[1:] if name != "--full"])
