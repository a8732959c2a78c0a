"""The night shift: runs the jobs of rules.schedule on time, once each, and writes down what became of every run."""
