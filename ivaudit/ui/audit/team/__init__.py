"""The team of an audit: its passphrase, its files, what it disagrees on."""
