"""What publishing needs besides the built book: released files, earlier versions, links, reports.

Whatever runs with a right to write on GitHub uses the standard library alone, so that it needs no
environment.
"""
