"""Single steps of a curve as whole numbers of events and patients.

``exact_steps`` solves corners, ``exact_points`` points without error; ``step_events``, with
``beam_search``, searches points with errors where the steps stand out from them.
"""
