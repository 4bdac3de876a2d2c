"""Imported once by the server that processes are forked from, so that none of them sets up Django.

Nothing stays open: a connection to a database must not be forked.
"""

import tempfile
from pathlib import Path

from moderation.desk import open_desk

with tempfile.TemporaryDirectory(prefix="schoolgate-warm-") as _name:
    open_desk(Path(_name) / "desk.sqlite3").close()
