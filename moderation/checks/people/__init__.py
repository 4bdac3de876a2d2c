"""Names of pupils and other personal information."""
