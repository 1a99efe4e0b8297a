"""What travels between two machines (nothing travels yet)."""
