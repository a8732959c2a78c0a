"""Pages that belong to nobody's case: help, accessibility, who can see what."""
