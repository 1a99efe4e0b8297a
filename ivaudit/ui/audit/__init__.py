"""The audit workspace: preparation, grid, synthesis and report."""
