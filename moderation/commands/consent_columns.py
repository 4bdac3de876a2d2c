"""Which column of an export asks about which channel, and which says when."""

from moderation.model import UsageError
from moderation.registers import Channel
from moderation.registers.consent_import import guess_questions


def questions_of(
    text: str, source: str, headings: tuple[str, ...], named: tuple[str, ...]
) -> dict[Channel, str]:
    """Return which column asks about which channel: as told, or by the words of its heading."""
    guessed = guess_questions(text, source=source)
    questions: dict[Channel, str] = {}
    for each in named:
        channel, _, heading = each.partition("=")
        if channel not in list(Channel) or heading.strip().lower() not in headings:
            raise UsageError(f"--column {each}: write CHANNEL=HEADING, a heading of row 1")
        questions[Channel(channel)] = heading.strip().lower()
    for channel, found in guessed.items():
        if channel not in questions and len(found) > 1:
            raise UsageError(
                f"{source}: {len(found)} columns may ask about {channel}; say which one does with "
                f"--column {channel}=HEADING"
            )
        questions.setdefault(channel, found[0])
    if not questions:
        raise UsageError(
            f"{source}: no column asks about {', '.join(Channel)}; say which one does with "
            "--column website=HEADING"
        )
    return questions


def dated_by(named: str, headings: tuple[str, ...]) -> str:
    """Return the heading of the column that says when it was answered."""
    if named and named not in headings:
        raise UsageError(f"--dated {named}: is no heading of row 1")
    usual = ("timestamp", "completion time", "date", "date given", "start time")
    return named or next((name for name in usual if name in headings), "")
