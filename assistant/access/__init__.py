"""Who may do what: roles, accounts, sessions, single sign-on, and how much of it in a minute."""
