"""One pure render a format; a report decides nothing."""
