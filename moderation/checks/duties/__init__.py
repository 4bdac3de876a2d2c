"""What the law and the agreements ask a school to publish and to record."""
