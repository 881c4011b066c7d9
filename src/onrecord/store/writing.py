"""Files that are written whole or not at all: a reader never finds half of one."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path


def write_whole(path: Path, content: bytes) -> None:
    """Write a file, or leave what stands there as it is.

    Raises:
        OSError: where the folder cannot be made or written.
    """
    with being_written(path) as unfinished:
        unfinished.write_bytes(content)


@contextlib.contextmanager
def being_written(path: Path) -> Iterator[Path]:
    """Give a new file beside `path` to write into; it takes its place when all went well, else it is removed.

    Raises:
        OSError: where the folder cannot be made or written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from error
    os.close(handle)
    unfinished = Path(name)
    try:
        yield unfinished
        # A temporary file is its owner's alone; the finished one is as readable as any other new file.
        unfinished.chmod(0o666 & ~_umask())
        with unfinished.open("rb") as written:
            os.fsync(written.fileno())
        unfinished.replace(path)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
