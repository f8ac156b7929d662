"""Watches a process for what a reader of documents must never do; Python imports this module on starting.

Calls to the network, programs started, and files written outside the allowed folders are lines in the
file CHOSA_GUARD_LOG, and refused. The hook goes on in forked processes and cannot be taken off.
"""

import os
import sys

LOG = os.environ["CHOSA_GUARD_LOG"]
ALLOWED = tuple(os.environ["CHOSA_GUARD_ALLOWED"].split(os.pathsep))
NETWORK = frozenset(("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr", "urllib.Request"))
PROGRAMS = frozenset(
    ("os.system", "subprocess.Popen", "os.exec", "os.posix_spawn", "os.spawn", "os.startfile")
)
WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
CHANGES = frozenset(
    ("os.remove", "os.rename", "os.mkdir", "os.rmdir", "os.link", "os.symlink", "os.truncate")
)


def allowed(path: object) -> bool:
    if isinstance(path, int):  # already open
        return True
    name = os.path.abspath(os.fsdecode(path))  # type: ignore[arg-type]
    return name.startswith(ALLOWED) or name == os.devnull


def within(path: object, folder: object) -> object:
    """The path, seen from the open folder that it may be relative to."""
    if isinstance(folder, int) and folder >= 0 and os.path.exists(f"/proc/self/fd/{folder}"):
        return os.path.join(os.path.realpath(f"/proc/self/fd/{folder}"), os.fsdecode(path))  # type: ignore[arg-type]
    return path


def offence(event: str, args: tuple) -> bool:  # type: ignore[type-arg]
    if event in ("socket.connect", "socket.sendto", "socket.bind"):
        return isinstance(args[1], tuple)  # sockets of the file system have a name, not a tuple
    if event == "open":
        return bool((args[2] or 0) & WRITES) and not allowed(args[0])
    if event in CHANGES:
        paths = [path for path in args[:2] if not isinstance(path, int)]
        return not all(allowed(within(path, args[-1])) for path in paths)
    return event in NETWORK or event in PROGRAMS


def watch(event: str, args: tuple) -> None:  # type: ignore[type-arg]
    if offence(event, args):
        note(f"{event} {args!r}")
        raise PermissionError(f"{event} {args!r} while reading documents")


def note(line: str) -> None:
    with open(LOG, "a", encoding="utf-8", errors="backslashreplace") as log:
        log.write(line + "\n")


ALLOWED = (*ALLOWED, LOG)
note(f"watching {sys.argv if hasattr(sys, 'argv') else ''}")
sys.addaudithook(watch)
