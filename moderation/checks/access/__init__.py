"""Pages that everybody can use."""
