"""Photographs and reviewed pages: bounded when read, rebuilt from pixels, masked, scaled."""
