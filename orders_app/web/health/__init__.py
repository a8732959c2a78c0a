"""Whether the program works, for machines that watch it."""
