"""`python3 -m tools <task>`: starts the task with a Python that is new enough, or says that there is none.

This file is read by whatever `python3` is on the machine, so it holds to words of Python 3.6.
"""

import os
import shutil
import sys

OLDEST = (3, 11)
NEWER = ("python3.14", "python3.13", "python3.12", "python3.11")

if sys.version_info < OLDEST:
    found = [path for path in map(shutil.which, NEWER) if path]
    if found:
        os.execv(found[0], [found[0], "-m", "tools"] + sys.argv[1:])
    sys.exit(
        f"Python {sys.version_info[0]}.{sys.version_info[1]} is too old: Rehearsal needs 3.11 or newer. "
        "Install it (on Debian 12: apt install python3 python3-venv), or name it: "
        "make PYTHON=/path/to/python3.11 run"
    )

from tools.tasks import main  # noqa: E402  (the words of that file are new)

main(sys.argv[1:])
