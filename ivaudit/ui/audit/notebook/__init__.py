"""The notebook of an audit: people met, lines noted while they speak, sources of each point."""
