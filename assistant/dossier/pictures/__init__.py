"""Pictures of a dossier: for each one a function that gives its data, which a table can show, and one that draws it."""
