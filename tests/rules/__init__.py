"""The law, as tables: facts, expected date, citation. Nothing here touches a file, a clock or a database but the reference data."""
