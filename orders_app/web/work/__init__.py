"""My work: what waits for an officer and for a team, and what they do about it."""
