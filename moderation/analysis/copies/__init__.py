"""Is it a picture that is known already? By hashes to find it and by its geometry to be sure."""
