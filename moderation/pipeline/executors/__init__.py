"""How work is run: in this process, or in a pool of processes.

The pool is imported from its own module by those who want one, since importing it takes time that
a check of one page should not pay.
"""

from moderation.pipeline.executors.base import Executor
from moderation.pipeline.executors.serial import Serial

__all__ = ["Executor", "Serial"]
