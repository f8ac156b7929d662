"""Loaded once by the process that worker processes are forked from: all that the tasks need."""

import chosa.single_thread  # noqa: I001  (first: numeric libraries read these variables when loaded)
import chosa.no_layout

import gc

import chosa.join
import chosa.picturing
import chosa.tasks
import chosa.taxonomy
import extract.document
import extract.picture
import extract.sources.html
import extract.sources.image
import extract.sources.pdf
import extract.sources.text
import normalize

LOADED = (
    chosa.join,
    chosa.picturing,
    chosa.tasks,
    chosa.taxonomy,
    extract.document,
    extract.picture,
    extract.sources.html,
    extract.sources.image,
    extract.sources.pdf,
    extract.sources.text,
    normalize,
)

gc.freeze()  # what is loaded stays: no worker's collector need go through it again and again
