"""How a zip is read that a stranger may have made: by name, within limits, never unpacked onto the disk."""

import zipfile
import zlib
from collections import Counter
from collections.abc import Collection
from typing import BinaryIO

ENTRIES = 64
TOTAL_BYTES = 512 * 1024 * 1024
# JSON Lines shrink by 10 to 60 times; a bomb by a thousand.
RATIO = 200
RATIO_FREE = 1024 * 1024
PIECE = 64 * 1024


class FileRefused(Exception):
    """A file that is not what it should be; the message is a sentence, and nothing of the file was kept."""


def read_entries(file: BinaryIO, names: Collection[str], optional: Collection[str] = ()) -> dict[str, bytes]:
    """The bytes of exactly these entries; `FileRefused` for any other, a missing or an oversized one.

    Those that are `optional` may be missing.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            _check_names(archive.infolist(), names, optional)
            return _read(archive)
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        NotImplementedError,
        RuntimeError,
        OSError,
        ValueError,
    ) as fault:
        raise FileRefused("This is no zip file, or it is damaged or cut off; export the workspace again.") from fault


def _check_names(entries: list[zipfile.ZipInfo], names: Collection[str], optional: Collection[str]) -> None:
    if len(entries) > ENTRIES:
        raise FileRefused(f"The zip has {len(entries)} entries; a workspace has at most {ENTRIES}.")
    counts = Counter(entry.filename for entry in entries)
    for name, count in counts.items():
        if count > 1:
            raise FileRefused(f'The zip holds "{name[:80]}" {count} times; export the workspace again.')
        if name.startswith("/") or "\\" in name or ".." in name.split("/") or ":" in name:
            raise FileRefused(f'The zip holds "{name[:80]}", a path that leads out of it; nothing was imported.')
        if name not in names and name not in optional:
            raise FileRefused(f'The zip holds "{name[:80]}", which is no part of a workspace.')
    missing = [name for name in names if name not in counts]
    if missing:
        raise FileRefused(f'The zip has no "{missing[0]}"; export the workspace again.')


def _read(archive: zipfile.ZipFile) -> dict[str, bytes]:
    """What counts is what comes out, whatever the zip says about its sizes."""
    contents: dict[str, bytes] = {}
    total = 0
    for entry in archive.infolist():
        pieces: list[bytes] = []
        size = 0
        with archive.open(entry) as stream:
            while piece := stream.read(PIECE):
                size += len(piece)
                if total + size > TOTAL_BYTES:
                    raise FileRefused(f"The zip holds more than {TOTAL_BYTES // 1024**2} MB; nothing was imported.")
                if size > RATIO_FREE and size > RATIO * max(entry.compress_size, 1):
                    raise FileRefused(f'"{entry.filename}" unpacks to far more than data does; nothing was imported.')
                pieces.append(piece)
        total += size
        contents[entry.filename] = b"".join(pieces)
    return contents
