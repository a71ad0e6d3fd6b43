"""Scheme `https`: the web, encrypted; the client sees to that."""

from tasks.fetch.http import fetch

__all__ = ["fetch"]
