"""What builds, runs and checks the program. Nothing in the program imports it."""
