"""Copies of downloads that hold what their readers see, and nothing else."""
