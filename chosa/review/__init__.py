"""Looking at a run: each row beside the place it was read from; as one file to mail, or as a local app.

data.py   the rows of a run as the page's script wants them
page.py   review.html: data, script, style and page pictures in one file
desk.py   decisions while they are made, each kept at once
app.py    the page served to this machine alone
assets/   the page: markup, style, script (shared by the file and the app)
"""
