"""Photographs: bounds, orientation, metadata out, masks, thumbnails (nothing uses it yet)."""
