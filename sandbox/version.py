"""Which program this is; evidence and `/healthz` name it."""

__version__ = "0.1.0"
