"""Every exception Schoolgate raises on purpose.

A message says what, where and what to do, in lower case and without a full stop. It never holds
a pupil's name or other text taken from a submitted file.
"""

from enum import IntEnum


class ExitCode(IntEnum):
    """What a command tells the program that called it."""

    CLEAN = 0
    FINDINGS = 1
    USAGE = 2
    NOT_ALLOWED = 3
    INTEGRITY = 4
    NOT_CHECKED = 5


class SchoolgateError(Exception):
    """Base class; the command line prints it without a traceback."""

    exit_code = ExitCode.USAGE


class UsageError(SchoolgateError):
    """A command, path or argument cannot be used as given."""


class PolicyError(SchoolgateError):
    """The policy file cannot be used."""


class NotAuthenticatedError(SchoolgateError):
    """Nobody proved who they are: no key, or the wrong passphrase."""

    exit_code = ExitCode.NOT_ALLOWED


class NotAllowedError(SchoolgateError):
    """This person may not do this to this submission."""

    exit_code = ExitCode.NOT_ALLOWED


class IntegrityError(SchoolgateError):
    """An approval, digest, register or log is not what it should be."""

    exit_code = ExitCode.INTEGRITY


class ConflictError(SchoolgateError):
    """Somebody else changed the submission first; read it again and retry."""


class ExtractionError(SchoolgateError):
    """A file could not be read, so it could not be checked."""

    exit_code = ExitCode.NOT_CHECKED


class BuildError(SchoolgateError):
    """The site could not be built or its output could not be verified."""

    exit_code = ExitCode.NOT_CHECKED
