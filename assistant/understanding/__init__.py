"""From a question as it was typed to a query that can be answered."""
