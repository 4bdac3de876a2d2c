"""Seeded bugs in what keeps submissions: bytes, states, events, and the files of the log."""

from tests.mutants.mutant import seeded

STORE = (
    *seeded(
        "desk.turns",
        "desk/test_turns.py",
        ("nobody waits for a turn", "        _wait(handle)\n", ""),
    ),
    *seeded(
        "review.blobs",
        "review/test_file_blobs.py",
        ("blob not verified on read", "if digest_of(data) != digest:", "if False:"),
        ("damaged blob kept", "if _holds(path, data):", "if path.exists():"),
        ("any word is a digest", "if not _DIGEST.fullmatch(digest):", "if False:"),
    ),
    *seeded(
        "review.identity",
        "review/test_identity.py",
        (
            "files changed behind the queue",
            "if state.id != submission_id(state.digest):",
            "if False:",
        ),
    ),
    *seeded(
        "review.memory",
        "desk/test_queue_stores.py",
        (
            "optimistic lock ignored in memory",
            "if (present.revision if present else 0) != expected:",
            "if False:",
        ),
        (
            "two pending versions of a page",
            "if state.status in PENDING and any(other.status in PENDING for other in others):",
            "if False:",
        ),
        ("half of several acts", "states = dict(self._states)", "states = self._states"),
    ),
    *seeded(
        "desk.queue",
        "desk/test_queue_stores.py desk/test_open_desk.py",
        (
            "optimistic lock ignored",
            "rows.filter(pk=state.id, revision=expected).update(",
            "rows.filter(pk=state.id).update(",
        ),
        (
            "event log cut off",
            'if (len(rows), rows[-1].link if rows else "") != (head.number, head.link):',
            "if False:",
        ),
        (
            "changed files are read",
            "        for state in states:\n            require_identity(state)\n",
            "",
        ),
        ("every event begins a chain", "chain(head.link, event)", 'chain("", event)'),
        (
            "act without its event",
            "                self._append(event)\n",
            "                pass\n",
        ),
    ),
    *seeded(
        "attest.log",
        "attest/test_approval_log.py",
        ("place in the log not asked", "if (seq, prev) != self.next():", "if False:"),
        ("number taken is written over", ", exclusive=True)", ", exclusive=False)"),
        (
            "number inside is another",
            "if statement.seq != seq:",
            "if False:",
        ),
    ),
    *seeded(
        "registers.files",
        "registers/test_write_atomically.py",
        (
            "short write taken for the whole",
            "        left = left[os.write(handle, left) :]\n",
            "        os.write(handle, left)\n        break\n",
        ),
        (
            "bytes not flushed",
            "left = left[os.write(handle, left) :]\n    os.fsync(handle)\n",
            "left = left[os.write(handle, left) :]\n",
        ),
        (
            "no folder fsync",
            "    sync_folder(path.parent)\n\n\ndef write_tree",
            "\n\ndef write_tree",
        ),
        ("readable by everybody", "aside.chmod(mode)", "aside.chmod(0o666)"),
        ("file written over", "path.hardlink_to(aside)", "aside.replace(path)"),
    ),
    *seeded(
        "registers.aside",
        "registers/test_write_atomically.py",
        ("leftovers stay", "        path.unlink(missing_ok=True)\n", "        pass\n"),
        (
            "file of a living writer cleared away",
            "return not _hold(handle, wait=False)",
            "return False",
        ),
    ),
)
