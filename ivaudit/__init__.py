"""Audit of identity vigilance: walk a checklist on site, offline, up to the scored report."""

__version__ = "0.1.0"
