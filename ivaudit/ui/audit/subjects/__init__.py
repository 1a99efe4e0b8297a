"""Answers about several subjects: which is shown, all side by side, and what makes one of them."""
