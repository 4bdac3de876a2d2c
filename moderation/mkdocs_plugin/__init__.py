"""The gate inside a plain mkdocs build."""
