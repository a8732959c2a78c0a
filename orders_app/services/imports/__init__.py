"""Spreadsheets in: read, checked against the law and what is on file, and recorded all together or not at all."""
