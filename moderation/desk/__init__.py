"""The queue in a database; Django stays in this room, and sleeps until a desk is opened."""

from moderation.desk.setup import open_desk

__all__ = ["open_desk"]
