"""Imported first in a worker: one thread per process, so that N jobs use N cores and no more.

Numeric libraries read these variables once, when they are loaded.
"""

import os

for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "OMP_THREAD_LIMIT"):
    os.environ.setdefault(_name, "1")
