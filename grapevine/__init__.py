"""Grapevine follows one real challenge from who do I ask to what came of it."""

__version__ = "0.1.0"
