import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "panoh.web.settings")
