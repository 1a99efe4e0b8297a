"""The tab *Constats et actions* of an audit."""
