"""The FINESS directory in the window: searched, imported after a preview."""
