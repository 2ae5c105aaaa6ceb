"""Chidao: directives of Vietnam's Party and State bodies as a knowledge graph with a quote for every edge."""

from importlib.metadata import version

__version__ = version("chidao")
