"""The parts of the *Bibliothèque* page: what is listed, read, walked, asked, printed."""
