"""Registration under Part 2 of the Sexual Offences Act 2003: who must notify, what, by when, and until when."""
