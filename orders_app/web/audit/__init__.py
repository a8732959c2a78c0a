"""Reading the log: who looked, who changed what, and what for."""
