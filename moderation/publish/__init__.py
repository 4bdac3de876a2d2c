"""Which files may be built, the build itself, and what it must look like."""
