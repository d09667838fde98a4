"""The one door to the database.

A ``Store`` is one DuckDB file opened by one process. Every question gets a cursor of its
own (a connection shared between threads mixes up answers); writing is one transaction at
a time and raises the data version, so whoever caches can tell old from new.

Opened, the database can reach nothing but its own file: no other files, no network, no
extensions, and none of that can be switched on again from SQL.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import pyarrow as pa

from opsdata.errors import Busy, Damaged

if TYPE_CHECKING:
    import pandas as pd  # the reading child never needs it, and it is slow to load

Values = Mapping[str, object]

_PARAMETER = re.compile(r"\$(\w+)")


@cache
def sql_file(name: str) -> str:
    """Return the text of a file in ``sql/``."""
    return files("opsdata").joinpath("sql", f"{name}.sql").read_text(encoding="utf-8")


def _used(sql: str, values: Values) -> dict[str, object]:
    """Return the values that the statement names; DuckDB refuses any others."""
    return {name: values[name] for name in set(_PARAMETER.findall(sql)) if name in values}


class Session:
    """A cursor with a short name for each of the three ways to use it."""

    def __init__(self, cursor: duckdb.DuckDBPyConnection) -> None:
        self._cursor = cursor

    def frame(self, sql: str, values: Values | None = None) -> pd.DataFrame:
        """Return the answer as a data frame."""
        return self._cursor.execute(sql, _used(sql, values or {})).df()

    def rows(self, sql: str, values: Values | None = None) -> list[tuple[Any, ...]]:
        """Return the answer as tuples."""
        found: list[tuple[Any, ...]] = self._cursor.execute(
            sql, _used(sql, values or {})
        ).fetchall()
        return found

    def one(self, sql: str, values: Values | None = None) -> Any:
        """Return the first value of the first row, None when there is no row."""
        row = self._cursor.execute(sql, _used(sql, values or {})).fetchone()
        return row[0] if row else None

    def arrow(self, sql: str, values: Values | None = None) -> pa.RecordBatchReader:
        """Return the answer as a stream of Arrow batches."""
        return self._cursor.sql(sql, params=_used(sql, values or {}) or None).to_arrow_reader()

    def do(self, sql: str, values: Values | None = None) -> None:
        """Run a statement for its effect."""
        self._cursor.execute(sql, _used(sql, values or {}))

    def new_key(self, table: str, column: str) -> int:
        """Return a number that no row of a table has or ever had; while writing.

        A number that became free is not given again: minutes and links may still name it.
        """
        name = f"last_{column}"
        last = self.one(
            f"select greatest(max({column}), (select cast(value as integer) from meta "
            f"where key = $name)) from {table}",
            {"name": name},
        )
        key = int(last or 0) + 1
        self.do("insert or replace into meta values ($name, $key)", {"name": name, "key": str(key)})
        return key

    def lend(self, name: str, table: pa.Table) -> None:
        """Make an Arrow table readable under a name, without copying it."""
        self._cursor.register(name, table)

    def take_back(self, name: str) -> None:
        """Forget a lent table."""
        self._cursor.unregister(name)

    def close(self) -> None:
        """Give the cursor back."""
        self._cursor.close()


class Store:
    """One database file, open for reading by all threads and writing by one at a time."""

    def __init__(self, path: Path | None = None) -> None:
        """Open or create the database; None keeps it in memory.

        Busy when another program holds it, Damaged when it is no database.
        """
        self.path = path
        self._writing = threading.Lock()
        self._cursors: set[duckdb.DuckDBPyConnection] = set()
        self._root = _connect(path)
        self._prepare()

    def _prepare(self) -> None:
        """Create tables and views when the SQL that defines them is new to this file."""
        text = "".join(map(sql_file, ("schema", "team", "views")))
        print_ = sha256(text.encode()).hexdigest()
        with self.session() as session:
            session.do(
                "create table if not exists meta (key text primary key, value text not null)"
            )
            known = session.one("select value from meta where key = 'schema'")
            if known != print_:
                session.do(_renamed(session) + text)
                session.do(
                    "insert or replace into meta values ('schema', $print_)", {"print_": print_}
                )
            _derive_anew(session)
            self._version = _version(session)
        _lock_down(self._root)

    @contextmanager
    def session(self) -> Iterator[Session]:
        """Yield a cursor of this thread's own for reading."""
        cursor = self._root.cursor()
        self._cursors.add(cursor)
        session = Session(cursor)
        try:
            yield session
        finally:
            self._cursors.discard(cursor)
            session.close()

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """Yield a cursor inside one transaction; it commits whole or not at all."""
        with self._writing, self.session() as session:
            session.do("begin")
            try:
                yield session
                version = self._version + 1
                session.do(
                    "insert or replace into meta values ('data_version', $version)",
                    {"version": str(version)},
                )
                session.do("commit")
                self._version = version
            except BaseException:
                session.do("rollback")
                raise

    def frame(self, sql: str, values: Values | None = None) -> pd.DataFrame:
        """Return the answer to one question as a data frame."""
        with self.session() as session:
            return session.frame(sql, values)

    def rows(self, sql: str, values: Values | None = None) -> list[tuple[Any, ...]]:
        """Return the answer to one question as tuples."""
        with self.session() as session:
            return session.rows(sql, values)

    def one(self, sql: str, values: Values | None = None) -> Any:
        """Return the single value that answers one question, None when there is none."""
        with self.session() as session:
            return session.one(sql, values)

    @property
    def version(self) -> int:
        """The number of changes so far; it rises with every import and undo.

        It is known without asking, because a file has one process that writes.
        """
        return self._version

    def remember(self, key: str, value: str) -> None:
        """Keep a fact about this file as a whole, such as that it holds sample data."""
        with self.writing() as session:
            session.do(
                "insert or replace into meta values ($key, $value)", {"key": key, "value": value}
            )

    def recall(self, key: str) -> str | None:
        """Return a fact kept by ``remember``, None when there is none."""
        value: str | None = self.one("select value from meta where key = $key", {"key": key})
        return value

    @contextmanager
    def still(self) -> Iterator[None]:
        """Hold the file still and complete in itself, so that a copy of it is good."""
        with self._writing:
            with self.session() as session:
                session.do("checkpoint")
            yield

    def interrupt(self) -> None:
        """Make what is being written give up; its transaction is rolled back."""
        for cursor in list(self._cursors):
            cursor.interrupt()

    def close(self) -> None:
        """Close the file; another program can open it then."""
        self._root.close()
        del self._root


def _renamed(session: Session) -> str:
    """SQL that brings the tables of earlier files to the names they have now."""
    tables = {name for (name,) in session.rows("select table_name from duckdb_tables()")}
    return "alter table video rename to video_derived;" if "video" in tables else ""


def _derive_anew(session: Session) -> None:
    """Derive the works again where an earlier version did it by other rules."""
    rules = sql_file("current_videos")
    print_ = sha256(rules.encode()).hexdigest()
    if session.one("select value from meta where key = 'derived'") == print_:
        return
    session.do(
        "begin; create or replace temp table touched as select video from video_derived;"
        f"delete from video_derived; {rules} drop table touched;"
    )
    session.do("insert or replace into meta values ('derived', $print_)", {"print_": print_})
    session.do("commit")


def _version(session: Session) -> int:
    return int(session.one("select value from meta where key = 'data_version'") or 0)


def _connect(path: Path | None) -> duckdb.DuckDBPyConnection:
    if path is None:
        return duckdb.connect(":memory:")
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        return duckdb.connect(str(path))
    except duckdb.IOException as error:
        if "lock" in str(error).lower() or "being used" in str(error).lower():
            raise Busy("database_busy", path=str(path)) from error
        raise Damaged("database_damaged", path=str(path)) from error
    except duckdb.Error as error:
        raise Damaged("database_damaged", path=str(path)) from error


def _lock_down(connection: duckdb.DuckDBPyConnection, *readable: Path) -> None:
    """Leave the connection nothing but its own file and the given folders; for good."""
    folders = ", ".join("'" + str(folder).replace("'", "''") + "/'" for folder in readable)
    connection.execute(
        "set autoinstall_known_extensions = false;"
        "set autoload_known_extensions = false;"
        "set allow_community_extensions = false;"
        "set python_enable_replacements = false;"
        + (f"set allowed_directories = [{folders}];" if folders else "")
        + "set enable_external_access = false;"
        "set lock_configuration = true;"
    )


@contextmanager
def scratch(*readable: Path) -> Iterator[Session]:
    """Yield a database in memory that can read only some folders: for parsing uploads."""
    connection = duckdb.connect(":memory:")
    try:
        connection.execute(sql_file("clean"))
        _lock_down(connection, *readable)
        yield Session(connection)
    finally:
        connection.close()


SqlError = duckdb.Error
"""What the database raises; named here so that nobody else needs the driver."""
