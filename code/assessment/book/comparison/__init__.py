"""What a change did to the book: two states of it compared, told in HTML and in Markdown."""
