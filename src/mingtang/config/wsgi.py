"""The WSGI application that any server may load: `mingtang.config.wsgi:application`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mingtang.config.settings")
application = get_wsgi_application()
