"""The tools that build, run and check the program."""
