"""Questionnaires in the window: sent, previewed, taken in one by one or by the folder, summed up."""
