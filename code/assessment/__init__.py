"""A living assessment: facts with sources flow one way, from data to figures and prose.

evidence → survival → economics → presentation → book; a room imports only from those before it.
"""
