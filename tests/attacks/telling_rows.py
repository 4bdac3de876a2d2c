"""Rows about what is told: controls in names and texts, guessed names, and a flooded queue."""

import hashlib
import os
import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from moderation.attest import PAYLOAD_TYPE
from moderation.checks.base import all_rules
from moderation.commands import cli
from moderation.model import ReviewState, ReviewStatus, Rule, SubmissionId
from moderation.pipeline.api import check_text
from moderation.policy import default_policy
from moderation.registers import Registers
from moderation.reports import terminal
from moderation.review.fairness import in_turns
from tests.attacks.forging import (
    MALLORY,
    claim_of,
    log_of,
    people,
    planted,
    put,
    sealed,
    trust_file,
)
from tests.attacks.scenario import Act, AttackedSite, Group, Outcome, Scenario, Way
from tests.publish.school import NOW, SIGNERS

PAIRS = 1_000 if os.environ.get("SCHOOLGATE_THOROUGH") else 100
FLOOD = 10_000
CONTROLS = "\x1b]0;owned\x07\x1b[2J\x1b[31m\x9b1m\u202e\u2066\x08\x7f"
"""What sets the title of a terminal, clears it, colours it, turns its words round and deletes."""
STEERS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069]")
ASKS = "plain MkDocs tells nobody anything about it"

VERIFY = ("verify",)
COMMANDS: tuple[tuple[str, ...], ...] = (
    VERIFY,
    ("verify", "--format", "text"),
    ("verify", "--format", "json"),
    ("build",),
)


# --- controls ------------------------------------------------------------------------------------


def told(*commands: tuple[str, ...]) -> Way:
    """Return a way: run *commands* and look for anything that could steer a terminal."""

    def way(_: Scenario, site: AttackedSite) -> Outcome:
        with pytest.MonkeyPatch.context() as patch:
            patch.chdir(site.root)
            patch.setenv("SCHOOLGATE_HOME", str(site.elsewhere / "home"))
            patch.delenv("CI", raising=False)
            for module in ("verify", "build"):
                patch.setattr(f"moderation.commands.{module}.now", lambda: NOW)  # a clock
            (site.root / ".schoolgate" / "site-id").write_text("oak\n")
            runs = [CliRunner().invoke(cli, words) for words in commands]
        output = "".join(run.output for run in runs)
        through = tuple(sorted({f"U+{ord(each):04X}" for each in STEERS.findall(output)}))
        crashed = tuple(
            repr(r.exception) for r in runs if not isinstance(r.exception, SystemExit | None)
        )
        return Outcome(through=(*through, *crashed), told=output)

    return way


def _file(path: str) -> Act:
    """Put a file with controls in its name into the site."""

    def act(site: AttackedSite) -> None:
        site.school.put(path.replace("X", f"{CONTROLS}mine"), site.page())

    return act


def _page(text: str) -> Act:
    """Approve a page with controls in it, and then change it."""

    def act(site: AttackedSite) -> None:
        page = site.school.write(f"news/{site.slug}.md", text.replace("X", CONTROLS))
        site.school.sign(page)

    return act


def _written(path: str, text: str) -> Act:
    def act(site: AttackedSite) -> None:
        site.school.put(path, text.replace("X", CONTROLS))

    return act


def _settings(line: str) -> Act:
    """Add a line with controls, as YAML writes them, to ``mkdocs.yml``."""

    def act(site: AttackedSite) -> None:
        given = (site.root / "mkdocs.yml").read_text("utf-8")
        escaped = '"' + "".join(f"\\U{ord(each):08X}" for each in CONTROLS) + '"'
        site.school.put("mkdocs.yml", given + line.replace("X", escaped))

    return act


def _signed_words(site: AttackedSite) -> None:
    """An entry of the log whose actor is a control sequence, truly signed by a stranger."""
    claim = claim_of(site, planted(site))
    body = claim.to_payload().replace(b'"actor":"m-1"', b'"actor":"\\u001b[2Jx"')
    put(site, claim.seq, MALLORY.sign(body, PAYLOAD_TYPE).text())


def _signed_kind(site: AttackedSite) -> None:
    claim = claim_of(site, planted(site))
    put(site, claim.seq, MALLORY.sign(claim.to_payload(), CONTROLS).text())


def _people_words(site: AttackedSite) -> None:
    from moderation.attest.trust import payload_of

    payload = payload_of(people(site)).replace(b'"m-1"', b'"\\u001b[2Jm"')
    trust_file(site).write_text(sealed(payload, SIGNERS["head"]).text(), "utf-8")


def _log_name(site: AttackedSite) -> None:
    (log_of(site).folder / f"{CONTROLS}.json").write_text("{}")


def reported(_: Scenario, site: AttackedSite) -> Outcome:
    """Check a page with controls everywhere, and print what was found."""
    marks = "\u202e\u2066\u200b\u200f"
    text = f"# {site.canary}{marks}\n\nCome along{marks}, you {marks}bastard{marks}.\n"
    verdict = check_text(text, path="news/a.md", today=NOW.date())
    rules: dict[str, Rule] = dict(all_rules())
    clauses = default_policy().clauses
    output = terminal.render(verdict, {"news/a.md": text}, rules=rules, clauses=clauses)
    through = tuple(sorted({f"U+{ord(each):04X}" for each in STEERS.findall(output)}))
    return Outcome(through=through, told=output)


# --- guessed names --------------------------------------------------------------------------------


def _names() -> Iterator[tuple[str, str]]:
    """Yield pairs of invented names: one of a pupil on the roll, and one of nobody."""
    first, last = ("Ottoline", "Bartimaeus", "Zephyrine"), ("quill", "lolling", "wether", "thistle")
    ends = ("feather", "ford", "down", "combe", "wick")
    for number in range(PAIRS):
        fore = first[number % 3]
        sure = last[number % 4].capitalize() + ends[number // 4 % 5]
        tail = "".join(chr(ord("a") + int(digit)) for digit in str(number))
        yield f"{fore} {sure}{tail}", f"{fore} {sure}{tail[::-1]}x"


def guessed(_: Scenario, site: AttackedSite) -> Outcome:
    """Try names where the roll is not; what is told must not tell one from another."""
    rules, clauses = dict(all_rules()), default_policy().clauses
    different = []
    for number, pair in enumerate(_names()):
        answers = set()
        for name in pair:
            text = f"# News\n\nWell done, {name} of Oak!\n"
            verdict = check_text(
                text, families=("people",), registers=Registers(), today=NOW.date()
            )
            output = terminal.render(verdict, {"page.md": text}, rules=rules, clauses=clauses)
            answers.add(re.sub(re.escape(name), "NAME", output).replace("^" * len(name), "NAME"))
        if len(answers) > 1:
            different.append(f"pair {number}")
    assert site.name
    return Outcome(through=tuple(different), told=f"{PAIRS} pairs")


def digested(_: Scenario, site: AttackedSite) -> Outcome:
    """Look for a plain digest of a pupil's name in everything that a decision leaves in git."""
    name = "Ottoline Quillfeather"
    page = site.school.write(f"news/{site.slug}.md", f"# News\n\nWell done, {name}!\n")
    site.school.sign(page)
    words = {w for s in (name, *name.split()) for w in (s, s.lower(), s.upper(), s.casefold())}
    words |= {"quillfeather ottoline", "ottolinequillfeather", "Quillfeather, Ottoline"}
    kinds = ("sha256", "sha1", "md5", "sha512", "blake2b")
    marks = {hashlib.new(kind, w.encode()).hexdigest()[:16] for w in words for kind in kinds}
    state = [f for f in (site.root / ".schoolgate").rglob("*") if f.is_file()]
    text = "".join(_opened(file) for file in state).lower()
    found = [mark for mark in sorted({*marks, "quillfeather"}) if mark in text]
    return Outcome(through=tuple(found), told=f"{len(state)} files")


def _opened(file: Path) -> str:
    """Return a file, and what its envelope holds."""
    import base64
    import json

    text = file.read_text("utf-8", "replace")
    try:
        return text + base64.b64decode(json.loads(text)["payload"]).decode("utf-8", "replace")
    except (ValueError, KeyError, TypeError):
        return text


# --- a flood -------------------------------------------------------------------------------------


def flooded(_: Scenario, site: AttackedSite) -> Outcome:
    """One publisher hands in very much, and two others a page each after that."""
    states = [_state(number, "p-1") for number in range(FLOOD)]
    states += [_state(FLOOD, "p-2"), _state(FLOOD + 1, "p-3")]
    order = [state.publisher for state in in_turns(states)]
    late = [who for who in ("p-2", "p-3") if order.index(who) > 2]
    assert site.name and len(order) == FLOOD + 2
    return Outcome(through=tuple(late), told=f"{FLOOD} submissions")


def _state(number: int, publisher: str) -> ReviewState:
    return ReviewState(
        id=SubmissionId(f"s-{number:06}"),
        page=f"news/page-{number}.md",
        assets=(),
        publisher=publisher,
        editors=frozenset({publisher}),
        status=ReviewStatus.SUBMITTED,
        submitted_at=NOW + timedelta(seconds=number),
        outcome="review",
    )


def _nothing(_: AttackedSite) -> None:
    """Everything is done on the way."""


def _row(
    name: str, threat: str, act: Act, way: Callable[[Scenario, AttackedSite], Outcome], said: str
) -> Scenario:
    return Scenario(
        name=name,
        threat=threat,
        group=Group.INPUT,
        act=act,
        said=said,
        way=way,
        not_plain=ASKS,
    )


ROWS: tuple[Scenario, ...] = (
    _row(
        "controls in the name of a page",
        "T31",
        _file("content/news/X.md"),
        told(*COMMANDS[:3]),
        "mine",
    ),
    _row(
        "controls in the name of a folder",
        "T31",
        _file("content/X/a.md"),
        told(*COMMANDS[:3]),
        "mine",
    ),
    _row(
        "controls in the name of a photo",
        "T31",
        _file("content/photos/X.jpg"),
        told(VERIFY),
        "mine",
    ),
    _row(
        "controls in the name of a theme's file",
        "T31",
        _file("theme/X.css"),
        told(*COMMANDS),
        "mine.css is new since head locked it",
    ),
    _row(
        "controls in a page's front matter",
        "T31",
        _page("---\nX: y\n---\n\n# A\n"),
        told(VERIFY),
        "holds the control",
    ),
    _row(
        "controls in a page's days",
        "T31",
        _page('---\npublish: "X"\n---\n\n# A\n'),
        told(VERIFY),
        "cannot be read",
    ),
    _row(
        "controls in a page's declared files",
        "T31",
        _page('---\nassets:\n  "X":\n    people: []\n---\n\n# A\n'),
        told(VERIFY),
        "holds the control",
    ),
    _row("controls in a setting's name", "T31", _settings("X: y\n"), told(VERIFY), "mkdocs.yml"),
    _row(
        "controls in the name of the theme's folder",
        "T31",
        _settings("docs_dir: X\n"),
        told(VERIFY),
        "mkdocs.yml",
    ),
    _row(
        "controls in the policy",
        "T31",
        _written(".schoolgate/policy.toml", "[approval.X]\n"),
        told(VERIFY),
        "policy.toml",
    ),
    _row(
        "controls in a section of the policy",
        "T31",
        _written(".schoolgate/policy.toml", '["\\u001b[2J"]\na = 1\n'),
        told(VERIFY),
        "policy.toml",
    ),
    _row("controls in an id of the log", "T31", _signed_words, told(VERIFY), "000006.json"),
    _row("controls in the type of an entry", "T31", _signed_kind, told(VERIFY), "000006.json"),
    _row("controls in an id of the people", "T31", _people_words, told(VERIFY), "trust.json"),
    _row("controls in the name of an entry", "T31", _log_name, told(VERIFY), "not numbered"),
    _row("controls in the words that a finding quotes", "T31", _nothing, reported, "abusive-word"),
    _row("names guessed where the roll is not", "T25", _nothing, guessed, "pairs"),
    _row("plain digests of a pupil's name in git", "T24", _nothing, digested, "files"),
    _row("a queue flooded by one publisher", "T30", _nothing, flooded, "submissions"),
)
