"""The handbook's pages of rules and clauses."""

from dataclasses import replace
from types import ModuleType

from moderation.model import Role
from moderation.policy import Clause
from moderation.reports.pages import all_pages, clause_page, rule_index, rule_page
from tests.reports.verdicts import NAMED, WORD

CLAUSES = {
    "t": Clause("ICT user agreement", "Images | names."),
    "P16": Clause("Portal Terms", "Nothing abusive."),
    "P17": Clause("Portal Terms", "Access ends."),
}
SPEC = """\
# pupil-named

## Finds a name

```roll
P-1,A,B
```

```markdown a.md
A B
```

```findings
a.md:1:1-4: pupil-named: named
```

## Leaves others alone

```picture a.jpg
gps = true
```
"""


def _check(doc: str) -> ModuleType:
    module = ModuleType("pupil_named", doc)
    module.RULE = NAMED  # type: ignore[attr-defined]  # what makes a module a check
    return module


def test_a_rule_has_its_identity_reasons_clauses_and_examples() -> None:
    assert rule_page(_check("Names.\n\n## Why it matters\n\nBecause.\n"), SPEC, CLAUSES) == (
        """\
# pupil-named

<!-- Written by schoolgate rules --write: change the code or the spec instead. -->

| Family | Severity | Who decides | Stage | Since |
|---|---|---|---|---|
| people | block | the safeguarding lead or the head | stable | 0.1 |

Names.

## Why it matters

Because.

## What to do

Take the name out.

## What the agreements say

> Images | names.
>
> ICT user agreement, t

## Examples

Each example is a test: this is what is found, to the letter.

### Finds a name

The roll:

```text
P-1,A,B
```

`a.md`:

```markdown
A B
```

What is found:

```text
a.md:1:1-4: pupil-named: named
```

### Leaves others alone

A picture, `a.jpg`, made from:

```toml
gps = true
```
"""
    )


def test_a_rule_without_spec_or_clause_still_has_a_page() -> None:
    page = rule_page(_check("Names."), "", {})
    assert "## Examples" not in page
    assert "No clause of theirs asks for this rule." in page


def test_what_only_the_head_decides_says_so() -> None:
    module = _check("Names.")
    module.RULE = replace(NAMED, decided_by=Role.HEAD)  # type: ignore[attr-defined]  # as above
    assert "| people | block | the head | stable | 0.1 |" in rule_page(module, "", {})


def test_the_index_lists_rules_by_family() -> None:
    assert rule_index([WORD, NAMED]).split("\n\n")[2:] == [
        "## Language",
        "| Rule | Finds | Severity | Who decides |\n|---|---|---|---|\n"
        "| [abusive-word](abusive-word.md) | swear word or insult | review | "
        "nobody may accept this; it has to be mended |",
        "## People",
        "| Rule | Finds | Severity | Who decides |\n|---|---|---|---|\n"
        "| [pupil-named](pupil-named.md) | pupil on the roll named | block | "
        "the safeguarding lead or the head |\n",
    ]


def test_every_clause_says_which_rules_enforce_it() -> None:
    assert clause_page([WORD, NAMED], CLAUSES).split("\n\n")[3:] == [
        "## ICT user agreement",
        "| Clause | Sentence | Enforced by |\n|---|---|---|\n"
        "| t | Images \\| names. | [pupil-named](rules/pupil-named.md) |",
        "## Portal Terms",
        "| Clause | Sentence | Enforced by |\n|---|---|---|\n"
        "| P16 | Nothing abusive. | [abusive-word](rules/abusive-word.md) |\n"
        "| P17 | Access ends. | no rule |\n",
    ]


def test_all_pages_are_named_for_what_they_hold() -> None:
    pages = all_pages([_check("Names.")], {"pupil-named": SPEC}, CLAUSES)
    assert list(pages) == ["clauses.md", "rules/index.md", "rules/pupil-named.md"]
