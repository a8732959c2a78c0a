"""What the scheduler did last night, what it does next, and asking it for a run."""
