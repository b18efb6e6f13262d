"""Getting ready and serving: database, tables, keyring, static files; web processes and the worker side by side."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from types import FrameType

from panoh.web.home import home
from panoh.web.refusals import NotMigrated
from panoh.web.start import start

ENTRY = [sys.executable, "-m", "panoh.web.manage"]


def prepare(*, fresh: bool = False) -> None:
    """Bring database, tables and keyring to where a command can use them; then set Django up in this process.

    An embedded database is brought up to date by itself; one that DATABASE_URL names only by `panoh db migrate`.

    Raises:
        NotMigrated: the database of DATABASE_URL is older than this program.
    """
    if fresh:
        _throw_away()
    start()
    _make_keyring()
    if _is_behind():
        if os.environ.get("DATABASE_URL"):
            raise NotMigrated
        migrate()


def migrate() -> None:
    """Apply migrations and rights in a process of the owner's."""
    subprocess.run([*ENTRY, "migrate", "--verbosity", "0"], check=True)  # noqa: S603  # our own module


def serve_until_stopped(host: str, port: int, workers: int) -> None:
    """Run granian and the worker until a signal; a worker that dies is started again, and all end together."""
    _collect_static()
    server = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port),
        "--workers", str(workers), "--blocking-threads", "2", "--no-ws", "--log-level", "warning",
        "--process-name", "panoh", "panoh.web.wsgi:application",
    ]  # fmt: skip
    worker = [*ENTRY, "procrastinate", "worker", "--concurrency", "1"]
    running = {"server": _begin(server), "worker": _begin(worker)}

    def stop(number: int, frame: FrameType | None) -> None:
        raise SystemExit(0)

    signal.signal(signal.SIGTERM, stop)
    try:
        while running["server"].poll() is None:
            if running["worker"].poll() is not None:
                running["worker"] = _begin(worker)
            time.sleep(1)
        raise SystemExit(running["server"].returncode or 1)
    except KeyboardInterrupt:
        pass
    finally:
        for process in running.values():
            process.terminate()
        for process in running.values():
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()


def _begin(command: list[str]) -> subprocess.Popen[bytes]:
    # Should this process be killed, the kernel ends its children: nothing is left holding the port.
    return subprocess.Popen(command, preexec_fn=_die_with_parent)  # noqa: S603, PLW1509  # single-threaded here


def _die_with_parent() -> None:
    import ctypes  # noqa: PLC0415  # in the child only

    ctypes.CDLL(None).prctl(1, signal.SIGTERM)


def _is_behind() -> bool:
    from django.db import connection  # noqa: PLC0415  # Django is set up by now
    from django.db.migrations.loader import MigrationLoader  # noqa: PLC0415

    loader = MigrationLoader(connection)
    return any(key not in loader.applied_migrations for key in loader.graph.nodes)


def _make_keyring() -> None:
    from django.conf import settings  # noqa: PLC0415

    from panoh.vault.keyring import ENVIRONMENT, make_keyring, write_keyring  # noqa: PLC0415

    if not os.environ.get("DATABASE_URL") and not os.environ.get(ENVIRONMENT) and not settings.PANOH_KEYRING_FILE.exists():
        write_keyring(settings.PANOH_KEYRING_FILE, make_keyring())


def _collect_static() -> None:
    """Copy the built files to where the server finds them, when they are newer."""
    from django.conf import settings  # noqa: PLC0415
    from django.core.management import call_command  # noqa: PLC0415

    built = settings.PACKAGE / "static" / "panoh" / "app.css"
    manifest = settings.STATIC_ROOT / "staticfiles.json"
    if not manifest.exists() or (built.exists() and manifest.stat().st_mtime < built.stat().st_mtime):
        call_command("collectstatic", interactive=False, verbosity=0, clear=True)


def _throw_away() -> None:
    from panoh.web.embedded import stop  # noqa: PLC0415

    stop(home())
    shutil.rmtree(home() / "database", ignore_errors=True)
    for name in ("keyring.json", "database-passwords.json", "demo-sign-ins.json"):
        (home() / name).unlink(missing_ok=True)
