"""The demonstration force: Northmere Police, all invented, the same on every machine for the same day."""
