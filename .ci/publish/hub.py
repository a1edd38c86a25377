"""A real WebSub hub, Flask-WebSub of PyPI, on loopback and without a broker: `hub.py PORT DATABASE`, its endpoint is /hub."""
import sys

from celery import Celery
from flask import Flask
from flask_websub.hub import Hub, SQLite3HubStorage

port, database = int(sys.argv[1]), sys.argv[2]
app = Flask("hub")
app.config.update(PUBLISH_SUPPORTED=True, HUB_MIN_LEASE_SECONDS=1)
celery = Celery("hub", broker="memory://")
celery.conf.task_always_eager = True
storage = SQLite3HubStorage(database)
hub = Hub(storage, celery, SIGNATURE_ALGORITHM="sha256", MAX_ATTEMPTS=1, BACKOFF_BASE=0.01, REQUEST_TIMEOUT=5, PUBLISH_SUPPORTED=True)
app.register_blueprint(hub.build_blueprint(url_prefix="/hub"))
app.run("127.0.0.1", port, threaded=True, debug=False)
