"""Signing in and out, and an officer's own account."""
