"""The page of the register: its list, the short entry, the sheet, the detail, the charts."""
