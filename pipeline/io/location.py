"""Where inputs lie: paths of the local disk, and URLs of every file system that pyarrow or fsspec knows."""

import re
from pathlib import Path
from typing import IO, Any
from urllib.parse import urlsplit

from pipeline.errors import InputError

_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")


def is_url(given: str) -> bool:
    """Whether `given` is a URL and no path.

    >>> is_url("s3://bucket/pages"), is_url("pages/2026"), is_url("C:/pages")
    (True, False, False)
    """
    return bool(_URL.match(given))


def public_url(url: str) -> str:
    """Return `url` without what may be secret in it: a user, a password, a query.

    >>> public_url("s3://key:secret@bucket/pages/?region=eu-west-1")
    's3://bucket/pages/'
    """
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"


def open_file(place: str) -> IO[bytes]:
    """Return the file at `place`, a path or a URL, to be read at any offset; raises InputError or OSError."""
    if not is_url(place):
        return Path(place).open("rb")
    system, path = _file_system(place)
    opened: IO[bytes] = system.open_input_file(path)
    return opened


def list_url(url: str) -> tuple[str, list[tuple[str, int]]]:
    """Return the path that `url` names on its file system, and the files at or below it with their sizes.

    Raises InputError where it cannot be listed, or where nothing here can open such a URL.
    """
    from pyarrow import fs

    system, path = _file_system(url)
    try:
        info = system.get_file_info(path)
        if info.type == fs.FileType.File:
            return path, [(path, info.size or 0)]
        below = system.get_file_info(fs.FileSelector(path, recursive=True, allow_not_found=True))
    except OSError as error:
        raise InputError(f"cannot list {public_url(url)}: {error}") from error
    return path, sorted((entry.path, entry.size or 0) for entry in below if entry.type == fs.FileType.File)


def url_of(path: str, url: str) -> str:
    """Return the URL of `path`, which was listed under `url`; what `url` says of region or account stays in it."""
    if is_url(path):  # some file systems call their files so
        return path
    parts = urlsplit(url)
    query = f"?{parts.query}" if parts.query else ""
    user = f"{parts.netloc.rpartition('@')[0]}@" if "@" in parts.netloc else ""
    return f"{parts.scheme}://{user}{path}{query}"


def _file_system(url: str) -> tuple[Any, str]:
    import pyarrow as pa
    from pyarrow import fs

    try:
        system, path = fs.FileSystem.from_uri(url)
    except pa.ArrowInvalid:
        return _by_fsspec(url)
    except OSError as error:
        raise InputError(f"cannot reach {public_url(url)}: {error}") from error
    return system, path


def _by_fsspec(url: str) -> tuple[Any, str]:
    from pyarrow import fs

    try:
        import fsspec

        system, path = fsspec.core.url_to_fs(url)
    except ImportError as error:
        what = f"cannot read {public_url(url)}: {error} (fsspec: pip install 'clean-corpus[remote]')"
        raise InputError(what) from error
    except (ValueError, OSError) as error:
        raise InputError(f"cannot read {public_url(url)}: {error}") from error
    return fs.PyFileSystem(fs.FSSpecHandler(system)), path


def fixed_url(url: str) -> tuple[str, str]:
    """Return the folder of the glob `url` above its first wildcard, and the rest of it; a question mark is none.

    >>> fixed_url("s3://bucket/crawl-*/a.jsonl?region=x"), fixed_url("s3://bucket/x")
    (('s3://bucket?region=x', 'crawl-*/a.jsonl'), ('s3://bucket/x', ''))
    """
    base, mark, query = url.partition("?")
    found = re.search(r"[*\[]", base)
    if not found:
        return url, ""
    at = base.rindex("/", 0, found.start())
    return base[:at] + mark + query, base[at + 1 :]
