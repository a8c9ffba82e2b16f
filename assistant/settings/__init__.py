"""The configuration: one TOML file and the environment, read and checked once, at the start."""

from assistant.settings.loading import load
from assistant.settings.sections import Limits, Model, Oidc, Search, Server, Sessions, Settings

__all__ = ["Limits", "Model", "Oidc", "Search", "Server", "Sessions", "Settings", "load"]
