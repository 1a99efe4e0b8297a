"""The encrypted workspace: keys, schema, journal, caches, drafts, backups."""
