"""Seeded bugs in the urgent route: one person publishes alone, until somebody else has looked."""

from tests.mutants.mutant import seeded

URGENT = (
    *seeded(
        "attest.statement_flaws",
        "attest/test_urgent_statements.py",
        (
            "urgent for months",
            "< until <= statement.issued_at + LONGEST_URGENT:",
            "< until:",
        ),
        (
            "urgent page of somebody else",
            "or statement.actor not in statement.editors:",
            "or False:",
        ),
        (
            "urgent approval that lacks nobody",
            "if statement.decision is not Decision.APPROVE or not statement.lacking:",
            "if statement.decision is not Decision.APPROVE:",
        ),
    ),
    *seeded(
        "attest.urgency",
        "publish/test_urgent_at_the_gate.py review/test_urgent_route.py",
        (
            "urgent once more gives more time",
            "first = begun.setdefault(statement.page, statement)",
            "first = begun[statement.page] = statement",
        ),
        (
            "one's own look ends the hurry",
            "if statement.actor.casefold() not in makers[page]:",
            "if True:",
        ),
    ),
    *seeded(
        "publish.urgent",
        "publish/test_urgent_at_the_gate.py",
        ("urgent page stands for ever", "if self.now >= self.end(approval):", "if False:"),
        (
            "new picture published alone",
            "            if ref not in covered:",
            "            if False:",
        ),
        (
            "page that the law asks for published alone",
            "if ContentKind.STATUTORY in kinds:",
            "if False:",
        ),
        (
            "urgent page of a suspended head",
            "why = objection_today(approval, self.trust, self.policy, now=self.now)",
            'why = ""',
        ),
    ),
    *seeded(
        "review.actions.urgent",
        "review/test_urgent_route.py",
        (
            "blocking finding published alone",
            "    _require_no_block(verdict, rules, where=submission)\n",
            "",
        ),
        (
            "more than text published alone",
            "            _require_text_only(state, seen.kinds, signed)\n",
            "",
        ),
        ("urgent over and over", "            self._require_time(statement, signed)\n", ""),
        (
            "anybody publishes alone",
            "        require_role(self.actor, URGENT, where=state.id, act=_ACT)\n",
            "",
        ),
        (
            "published alone unchecked",
            "    require_checked(verdict, where=where, act=_ACT)\n",
            "",
        ),
    ),
)
