"""The reading-back by the facility: its remarks beside the auditor's texts, sent, taken in, decided on."""
