"""The law by itself, with no record: what the program knows of it, and dates worked out from typed facts."""
