"""What a text tells of rights: agencies and newspapers, licences, quotation, markings.

The modules compile many patterns, so a check imports them once there is something to look at.
"""

OWN = frozenset({"own-work", "pupil-work", "parent-photo"})
"""Licences that say: somebody of the school made it."""
SETTLED = frozenset({"permission", "stock"})
"""Licences that an agreement stands behind, which is written elsewhere."""
