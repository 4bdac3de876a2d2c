"""People named in text who are on no list: a small statistical model and what it looks at."""

from moderation.analysis.persons.finder import LEAST, PersonMatch, Who, find_persons

__all__ = ["LEAST", "PersonMatch", "Who", "find_persons"]
