"""Evidence in the window: what a point rests on, photographs masked before they are kept, the register."""
