"""Points of a curve as read off a figure: read from files, checked, smoothed."""
