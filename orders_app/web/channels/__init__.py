"""How alerts reach the officer: in the program, by e-mail, in their calendar."""
