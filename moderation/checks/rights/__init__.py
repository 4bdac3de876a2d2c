"""Copyright, licences and permission."""
