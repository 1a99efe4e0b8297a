"""Actions, edited in an audit and followed on their own page."""
