"""What stands before the workspace: first start, unlocking, recovery, restoring."""
