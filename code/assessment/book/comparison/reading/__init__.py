"""What two states of the book hold, and what differs between two texts or two tables of them."""
