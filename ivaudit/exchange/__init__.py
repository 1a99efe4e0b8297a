"""What travels between two machines: questionnaires and tables of codes that come back."""
