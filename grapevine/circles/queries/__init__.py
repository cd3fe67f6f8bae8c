"""Reads; each takes the person who asks."""
