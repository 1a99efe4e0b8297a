"""The tab *Observations* of an audit."""
