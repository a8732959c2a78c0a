"""Users, teams, areas, sessions, and who may do what: for administrators, who see no case records."""
