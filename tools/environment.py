"""The environment `.venv`, from nothing but Python and the hash-pinned requirement files.

    python3 tools/environment.py run     what the product needs
    python3 tools/environment.py dev     that, and what its tests need
    python3 tools/environment.py uv …    uv itself, with whatever arguments follow

uv is taken from the PATH, else installed into `.uv`. Nothing happens when the environment is already right; an
environment with the tools of `dev` is never reduced to `run`. No index is taken from the surroundings.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
UV_HOME = ROOT / ".uv"
UV_VERSION = "0.13.9"
FOREIGN = ("UV_INDEX", "UV_DEFAULT_INDEX", "UV_INDEX_URL", "UV_EXTRA_INDEX_URL", "UV_FIND_LINKS", "VIRTUAL_ENV")


def main(arguments: list[str]) -> None:
    if sys.version_info < (3, 11):  # noqa: UP036 this file is what an older Python meets first
        sys.exit(
            "Cần Python 3.11 trở lên, đang dùng {}.{}. Chỉ định bản khác: make run PYTHON=python3.12".format(
                *sys.version_info[:2]
            )
        )
    for name in FOREIGN:
        os.environ.pop(name, None)
    os.environ["UV_PYTHON_DOWNLOADS"] = "never"
    os.environ.setdefault("UV_LINK_MODE", "copy" if os.environ.get("CI") else "hardlink")
    if arguments[:1] == ["uv"]:
        sys.exit(subprocess.run([find_uv(), *arguments[1:]], cwd=str(ROOT), check=False).returncode)
    if arguments not in (["run"], ["dev"]):
        sys.exit(__doc__)
    prepare(arguments[0])


def prepare(wanted: str) -> None:
    """Bring .venv to at least `wanted` ("run" or "dev")."""
    stamps = {kind: VENV / f".atvsld-{kind}" for kind in ("run", "dev")}
    if stamps["dev"].exists():
        wanted = "dev"
    if stamps[wanted].exists() and stamps[wanted].read_text(encoding="utf-8") == value_for(wanted):
        return
    uv = find_uv()
    print(f"Cài đặt môi trường .venv ({'đầy đủ cho kiểm thử' if wanted == 'dev' else 'để chạy'}) …", flush=True)
    if not (VENV / "bin" / "python").exists():
        call(uv, "venv", "--quiet", "--python", sys.executable, str(VENV))
    python = ["--python", str(VENV / "bin" / "python")]
    call(uv, "pip", "sync", "--quiet", *python, "--require-hashes", f"requirements/{wanted}.txt")
    # The build tool is among the pinned requirements, so nothing unpinned is fetched here.
    call(uv, "pip", "install", "--quiet", *python, "--no-deps", "--no-build-isolation", "--editable", ".")
    stamps[wanted].write_text(value_for(wanted), encoding="utf-8")


def value_for(wanted: str) -> str:
    total = hashlib.sha256()
    for path in (ROOT / "requirements" / f"{wanted}.txt", ROOT / "pyproject.toml"):
        total.update(path.read_bytes())
    return total.hexdigest()


def call(*command: str) -> None:
    done = subprocess.run(command, cwd=str(ROOT), check=False)
    if done.returncode:
        sys.exit(f"Không cài đặt được (lệnh: {' '.join(command[1:4])}). Lần đầu cần mạng; xem lỗi ở trên.")


def find_uv() -> str:
    """Path of uv, installing it into .uv when there is none."""
    found = shutil.which("uv")
    if found:
        return found
    own = UV_HOME / "bin" / "uv"
    if own.exists():
        return str(own)
    print("Cài uv vào .uv …", flush=True)
    quiet = ["--quiet", "--disable-pip-version-check"]
    made = subprocess.run([sys.executable, "-m", "venv", str(UV_HOME)], capture_output=True, check=False)
    if made.returncode == 0:
        call(str(UV_HOME / "bin" / "python"), "-m", "pip", "install", *quiet, f"uv=={UV_VERSION}")
    else:  # Debian keeps venv's parts in a package of its own; pip may still be there
        shutil.rmtree(UV_HOME, ignore_errors=True)
        target = ["--target", str(UV_HOME)]
        done = subprocess.run(
            [sys.executable, "-m", "pip", "install", *quiet, *target, f"uv=={UV_VERSION}"], check=False
        )
        if done.returncode:
            sys.exit("Python này thiếu cả venv lẫn pip. Trên Debian/Ubuntu: apt-get install python3-venv")
    return str(own)


if __name__ == "__main__":
    main(sys.argv[1:])
