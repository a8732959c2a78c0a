"""Whole caseloads handed over: whose, what goes, to whom, checked before it is saved; and the summary afterwards."""
