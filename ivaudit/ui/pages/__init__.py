"""The pages of the rail, imported when first opened."""
