"""Replaces RecordSponge in tests: the same port, paths, environment variables and folders, with responses to check."""
import html
import logging
import os
import pathlib
import socket
import time
import uuid

import psycopg2
from flask import Flask, jsonify, request, send_from_directory, session

BACKEND = pathlib.Path(__file__).parent
STATIC = BACKEND.parent / "frontend" / "build"
SESSIONS = BACKEND / "flask_session"
BUILD = BACKEND.parent / "build-id"
LONGEST_ANSWER = 290

TIERS = {
    "development": {"DEBUG": True, "SECRET_KEY": os.environ.get("SECRET_KEY", "development")},
    "production": {"DEBUG": False, "SECRET_KEY": os.environ.get("SECRET_KEY")},
}

app = Flask(__name__, static_folder=None)
app.config.update(TIERS[os.environ["TIER"]])
if not app.config["SECRET_KEY"]:
    raise RuntimeError("SECRET_KEY must be set when TIER is production")

SESSIONS.mkdir(exist_ok=True)
(BACKEND / "logs").mkdir(exist_ok=True)
logging.basicConfig(
    filename=BACKEND / "logs" / "app.log",
    level=os.environ.get("LOG_LEVEL", "info").upper(),
    format="%(asctime)s %(levelname)s %(message)s",
)


@app.get("/api/hello")
def hello():
    return "Hello, world!"


@app.get("/api/whoami")
def whoami():
    build = BUILD.read_text().strip() if BUILD.exists() else "dev"
    return jsonify(tier=os.environ["TIER"], build=build, hostname=socket.gethostname())


@app.get("/api/db")
def database():
    if not os.environ.get("PGHOST"):
        return jsonify(error="This environment has no database: PGHOST is not set."), 503
    try:
        connection = psycopg2.connect("", connect_timeout=5)
    except psycopg2.OperationalError as error:
        logging.error("database: %s", error)
        return jsonify(error=f"PostgreSQL cannot be used: {error}".strip()), 503
    try:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT current_user, current_database(), current_setting('server_version'),"
                " ssl, version FROM pg_stat_ssl WHERE pid = pg_backend_pid()"
            )
            user, name, server_version, tls, tls_version = cursor.fetchone()
    finally:
        connection.close()
    return jsonify(user=user, database=name, serverVersion=server_version, tls=tls, tlsVersion=tls_version)


@app.get("/api/slow")
def slow():
    seconds = min(max(request.args.get("seconds", 1.0, float), 0.0), LONGEST_ANSWER)
    time.sleep(seconds)
    return jsonify(seconds=seconds)


@app.get("/api/visits")
def visits():
    """Counts a browser's visits in a session file, which is lost with the folder like the real application's logins."""
    file = SESSIONS / session.setdefault("id", uuid.uuid4().hex)
    count = int(file.read_text()) + 1 if file.exists() else 1
    file.write_text(str(count))
    return jsonify(visits=count)


@app.get("/access/")
def access():
    return f"<!doctype html><title>Access</title><p>Access requests of {html.escape(socket.gethostname())}"


@app.get("/", defaults={"path": ""})
@app.get("/<path:path>")
def catch_all(path):
    return send_from_directory(STATIC, path if path and (STATIC / path).is_file() else "index.html")
