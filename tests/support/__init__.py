"""What several tests build alike."""
