"""What people thought of an answer, kept in the home for those who look after the service."""
