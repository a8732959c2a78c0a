"""Named actions: one function for each thing a person or a job does. Each takes a Work first."""
