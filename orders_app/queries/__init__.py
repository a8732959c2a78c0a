"""Named questions. Each takes a session and returns rows; none writes."""
