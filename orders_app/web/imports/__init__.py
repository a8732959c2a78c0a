"""Spreadsheets handed in, checked, recorded; and blank ones to fill in."""
