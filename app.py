"""The application: what gunicorn serves and what `flask --app app` works on."""

import sys

from sandbox import create_app
from sandbox.config import SettingError

try:
    app = create_app()
except SettingError as fault:  # for the person at the terminal: the sentence is all there is to say
    sys.exit(str(fault))
