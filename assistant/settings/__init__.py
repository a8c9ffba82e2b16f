"""The configuration: one TOML file and the environment, read and checked once, at the start."""

from assistant.settings.loading import load
from assistant.settings.sections import Limits, Logs, Metrics, Model, Oidc, Privacy, Search, Server, Sessions, Settings

__all__ = ["Limits", "Logs", "Metrics", "Model", "Oidc", "Privacy", "Search", "Server", "Sessions", "Settings", "load"]
