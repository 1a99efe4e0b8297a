"""Finds, reads, validates the shipped and local files of checklists/, forms/ and exports/."""
