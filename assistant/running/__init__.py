"""What a service needs besides its pages: logs, figures, readiness, backups, and the erasing of people's traces."""
