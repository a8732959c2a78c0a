"""Real processes, killed at random while weeks go by in minutes: nothing is lost, doubled or half done.

clock      weeks in minutes, the same in every process
part       what each process runs: the program as it is, with that clock
machines   the processes and PostgreSQL: started, killed, frozen, started again
force      who works there, and the first cases
browser    pages asked for over HTTP
filling    forms answered, whatever they ask
robots     what officers do, each act written down with what became of it
mail       a mail server, and what the program says of every e-mail
ledger     what the database says of every act
runs       what the database says of every run of a job
watch      what is open, compared with the rule whenever a run of the alerts has finished
faults     the program broken on purpose, to see that it is found
shift      the whole of it
"""
