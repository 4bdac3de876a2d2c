"""What a file is, and what is hidden in it."""
