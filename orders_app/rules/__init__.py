"""Floor 1: the law and the force's own rules. Standard library only; no clock, no file, no database."""
