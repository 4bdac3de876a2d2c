"""Acts on a submission, one a file: permission, effect, event."""
