"""Pictures small enough to be kept with the guide: few colours, one palette."""

from __future__ import annotations

import base64
import struct
import zlib
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from playwright.sync_api import Page

# The browser itself unpacks its picture; four values a pixel.
_PIXELS = """async (source) => {
  const image = new Image();
  image.src = source;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = image.width;
  canvas.height = image.height;
  const pen = canvas.getContext("2d");
  pen.drawImage(image, 0, 0);
  const pixels = pen.getImageData(0, 0, image.width, image.height).data;
  let text = "";
  for (let at = 0; at < pixels.length; at += 32768) text += String.fromCharCode(...pixels.subarray(at, at + 32768));
  return [image.width, image.height, btoa(text)];
}"""


def small_png(page: Page, colours: int = 96) -> bytes:
    """What the window shows, as a PNG with a palette of the `colours` most frequent ones."""
    shot = base64.b64encode(page.screenshot()).decode()
    blank = page.context.new_page()
    width, height, packed = blank.evaluate(_PIXELS, f"data:image/png;base64,{shot}")
    blank.close()
    pixels = np.frombuffer(base64.b64decode(packed), np.uint8).reshape(-1, 4)[:, :3]
    # Shades that differ by less than eight look alike; the exact colour of the most frequent stands for all.
    shades, index, counts = np.unique(pixels >> 3, axis=0, return_inverse=True, return_counts=True)
    kept = np.argsort(-counts)[:colours]
    means = np.array([np.bincount(index.ravel(), pixels[:, band], len(shades)) / counts for band in range(3)]).T
    palette = means[kept]
    nearest = ((means[:, None, :] - palette[None, :, :]) ** 2).sum(axis=2).argmin(axis=1).astype(np.uint8)
    rows = nearest[index.ravel()].reshape(height, width)
    lines = b"".join(b"\0" + row.tobytes() for row in rows)
    head = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    parts = [(b"IHDR", head), (b"PLTE", palette.round().astype(np.uint8).tobytes())]
    parts += [(b"IDAT", zlib.compress(lines, 9)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, body) for name, body in parts)


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
