"""The follow-up of INSi usage."""
