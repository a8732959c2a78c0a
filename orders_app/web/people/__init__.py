"""People: find them, their page, what is known of them, and who may see them."""
