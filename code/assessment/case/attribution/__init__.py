"""What single changes of the data did to the base case: changes, answers, and when a conclusion changed."""
