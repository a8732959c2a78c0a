"""Who may open a person or a record: how widely it is seen, and who is named on it."""
