"""Files exchanged with colleagues: read, looked at, taken in, written."""
