"""A force lived through a year by a clock of its own, with everything going wrong that goes wrong, and nothing lost by it.

machines   two schedulers on one database, which break down, are killed at work, and come back
officers   what people do: record, meet, correct, strike out, acknowledge, snooze, join and leave
watch      what must be so after every run of the alerts, worked out from the rules alone
year       the clock, and what happens when
"""
