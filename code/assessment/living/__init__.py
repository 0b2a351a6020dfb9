"""What keeps the book alive: sources are asked for news, what differs is weighed and told; a person
decides.
"""
