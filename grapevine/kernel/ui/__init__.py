"""Tokens, components, the frame: everything a page is made of. README.md tells how to use it; `/ui/` shows it."""
