"""The journal on the screen: its lines, its filters, what is erased for good, words found everywhere."""
