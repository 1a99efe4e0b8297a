"""The widgets of the page of indicators."""
