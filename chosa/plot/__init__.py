"""A comparison as a picture: one dot per fact with its interval, groups one below the other.

drawing.py  what is drawn where, as lines, dots and words
svg.py      the drawing as SVG: its words take the viewer's own fonts
png.py      the drawing as PNG: brings its own font, looks the same on every machine
"""
