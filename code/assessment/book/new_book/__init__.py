"""A new book for another drug, in a folder of its own: ``make new NAME=… TO=…``.

What every book shares is copied; data, references, prose and pages about this book's drug are
replaced by the skeleton in ``template/``, whose places are filled with the names given.
"""
