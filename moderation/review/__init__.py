"""The human look: acts on a submission, and the queue they change."""
