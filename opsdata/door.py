"""How the command line reaches the app that holds the database.

Only one process can open the database. So the running app answers commands itself, over
a connection that only this machine can make and only who can read the key file may use.
Calls and answers are JSON; nothing else is ever unpacked.
"""

from __future__ import annotations

import json
import logging
import os
import secrets
import threading
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict
from multiprocessing import AuthenticationError
from multiprocessing.connection import (
    Client,
    Connection,
    Listener,
    answer_challenge,
    deliver_challenge,
)
from pathlib import Path

from opsdata import commands, i18n
from opsdata.commands import Outcome
from opsdata.errors import OpsdataError
from opsdata.store import Store

_log = logging.getLogger(__name__)
_HERE = "127.0.0.1"
_PATIENCE = 10.0
"""Seconds in which the app says its first word; else another program has its old port."""
_HANDED = "OPSDATA_WEBHOOK"
"""What of the caller's environment a command may need: where alerts go; else the app's counts."""


class Door:
    """Answers commands for one open database until it is closed."""

    def __init__(self, store: Store, database: Path) -> None:
        self._store = store
        self._key_file = _key_file(database)
        self._key = secrets.token_bytes(32)
        self._one_at_a_time = threading.Lock()
        self._listener = Listener((_HERE, 0))
        port: int = self._listener.address[1]
        self._key_file.touch(mode=0o600)
        self._key_file.write_text(json.dumps({"port": port, "key": self._key.hex()}))
        self._open = True
        threading.Thread(target=self._serve, daemon=True, name="opsdata-door").start()

    def close(self) -> None:
        """Stop answering."""
        self._open = False
        self._key_file.unlink(missing_ok=True)
        with suppress(OSError):
            self._listener.close()

    def _serve(self) -> None:
        while self._open:
            try:
                caller = self._listener.accept()
            except OSError:
                continue
            threading.Thread(target=self._hear, args=(caller,), daemon=True).start()

    def _hear(self, caller: Connection) -> None:
        """Answer one caller; who only connects and says nothing keeps nobody else waiting."""
        with caller, suppress(OSError, EOFError, AuthenticationError):
            deliver_challenge(caller, self._key)
            answer_challenge(caller, self._key)
            with self._one_at_a_time:
                try:
                    self._answer(caller)
                except ValueError:
                    return
                except Exception:
                    _log.exception("a call at the door failed")

    def _answer(self, caller: Connection) -> None:
        call = json.loads(caller.recv_bytes())
        i18n.use(call["lang"])
        try:
            outcome = commands.run(
                call["arguments"],
                self._store,
                Path(call["folder"]),
                call["environment"] or os.environ,
            )
        except OpsdataError as error:
            outcome = Outcome(commands.REFUSED, err=i18n.explain(error) + "\n")
        caller.send_bytes(json.dumps(asdict(outcome)).encode())


def knock(database: Path, arguments: Sequence[str], folder: Path, lang: str) -> Outcome | None:
    """Return the answer of the app that holds the database, None when none is there."""
    try:
        found = json.loads(_key_file(database).read_text())
        key = bytes.fromhex(found["key"])
        with Client((_HERE, found["port"])) as app:
            if not app.poll(_PATIENCE):
                return None
            answer_challenge(app, key)
            deliver_challenge(app, key)
            call = {
                "arguments": list(arguments), "folder": str(folder), "lang": lang,
                "environment": {k: v for k, v in os.environ.items() if k.startswith(_HANDED)},
            }  # fmt: skip
            app.send_bytes(json.dumps(call).encode())
            return Outcome(**json.loads(app.recv_bytes()))
    except (OSError, EOFError, ValueError, KeyError, AuthenticationError):
        return None


def _key_file(database: Path) -> Path:
    return database.with_name(f"{database.name}.door")
