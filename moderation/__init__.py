"""Schoolgate: the gate of a school's website.

The public Python interface; each name is imported when it is first used::

    import moderation

    verdict = moderation.check_text("What a day!")
    for finding in verdict.findings:
        print(finding.path, finding.line, finding.rule, finding.message)
"""

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from moderation.analysis.repair.clean import clean_picture
    from moderation.model import Asset, Finding, Location, Outcome, RunError, Severity, Verdict
    from moderation.pipeline.api import check_files, check_text
    from moderation.policy import Policy, load_policy
    from moderation.policy.terms import Term, Terms
    from moderation.registers import Consents, Registers, Roll

_HOMES = {
    **dict.fromkeys(
        ("Asset", "Finding", "Location", "Outcome", "RunError", "Severity", "Verdict"),
        "moderation.model",
    ),
    **dict.fromkeys(("check_files", "check_text"), "moderation.pipeline.api"),
    "clean_picture": "moderation.analysis.repair.clean",
    **dict.fromkeys(("Policy", "load_policy"), "moderation.policy"),
    **dict.fromkeys(("Term", "Terms"), "moderation.policy.terms"),
    **dict.fromkeys(("Consents", "Registers", "Roll"), "moderation.registers"),
}

__all__ = [
    "Asset",
    "Consents",
    "Finding",
    "Location",
    "Outcome",
    "Policy",
    "Registers",
    "Roll",
    "RunError",
    "Severity",
    "Term",
    "Terms",
    "Verdict",
    "check_files",
    "check_text",
    "clean_picture",
    "load_policy",
]

if not TYPE_CHECKING:  # with it in sight, mypy would believe in any name

    def __getattr__(name: str) -> object:
        """Import a public name on first use (PEP 562)."""
        if name not in _HOMES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value: object = getattr(importlib.import_module(_HOMES[name]), name)
        globals()[name] = value
        return value

    def __dir__() -> list[str]:
        return sorted({*globals(), *__all__})
