"""Pages of the standard conditions."""
