"""How work is run: in this process, or in a pool of processes."""

from moderation.pipeline.executors.base import Executor
from moderation.pipeline.executors.pool import Pool
from moderation.pipeline.executors.serial import Serial

__all__ = ["Executor", "Pool", "Serial"]
