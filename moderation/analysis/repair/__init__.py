"""Pictures written anew: cleaned of what they do not show, made smaller, and faces hidden."""
