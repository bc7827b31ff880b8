"""The application: what gunicorn serves and what `flask --app app` works on."""

from sandbox import create_app

app = create_app()
