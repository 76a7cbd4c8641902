# Runs the back end.


def image(tree):
    """Whether the image was built from this Pipfile.lock."""
    try:
        with open(os.path.join(tree.folder, ".image-lock")) as file:
            built = file.read().strip()
        with open(os.path.join(tree.source, "Pipfile.lock"), "rb") as file:
            wanted = hashlib.sha256(file.read()).hexdigest()
    except OSError:
        return "unknown"
    return "unknown" if not built else "current" if built == wanted else "outdated"


# Before Flask reloads, it stops accepting requests and ends those that it is answering. Its own reloader ends them with
# the process. With newer versions of Click, FLASK_DEBUG alone starts no reloader.
FLASK = """
import os, sys, threading
import werkzeug._reloader, werkzeug.serving
from flask.cli import main, run_command

LONGEST = 30  # seconds that a reload waits for requests
servers = []


def remember(server, *arguments, **options):
    create(server, *arguments, **options)
    servers.append(server)


def after_requests(trigger):
    def drain(*arguments):
        timer = threading.Timer(LONGEST, os._exit, (3,))
        timer.daemon = True
        timer.start()
        for server in servers:
            server.shutdown()
        trigger(*arguments)

    return drain


create = werkzeug.serving.BaseWSGIServer.__init__
werkzeug.serving.BaseWSGIServer.__init__ = remember
werkzeug.serving.ThreadedWSGIServer.daemon_threads = False
for loop in {werkzeug._reloader.ReloaderLoop, *werkzeug._reloader.reloader_loops.values()}:
    if "trigger_reload" in vars(loop):
        loop.trigger_reload = after_requests(loop.trigger_reload)
if "--debug" not in sys.argv and any(option.name == "debug" for option in run_command.params):
    sys.argv.insert(2, "--debug")
sys.exit(main())
"""


def flask(tree):
    """Flask's development server, in the virtualenv where there is one. It reloads changed files between requests."""
    os.environ.setdefault("FLASK_DEBUG", "1")
    os.environ.setdefault("FLASK_ENV", "development")
    # By its name: Flask would follow the link to a file, and the application would look for its folders in the tree.
    for module in ("expungeservice/wsgi.py", "expungeservice/app.py", "wsgi.py", "app.py"):
        if "FLASK_APP" not in os.environ and os.path.exists(os.path.join(tree.folder, module)):
            os.environ["FLASK_APP"] = module[:-3].replace("/", ".")
    pipenv = shutil.which("pipenv") and os.path.exists(os.path.join(tree.folder, "Pipfile"))
    program = os.path.join(tree.folder, ".flask-run.py")
    with open(program, "w") as file:
        file.write(FLASK)
    prefix = ["pipenv", "run", "python"] if pipenv else [sys.executable]
    return prefix + [program, "run", "--host", "0.0.0.0", "--port", "5000"]


last = ""


def line(text):
    global last
    last = text.strip() or last


def ended(code):
    global failure
    failure = "BackendEnded", "code {}: {}".format(code, last)
    print("The command ended with code {}; it starts again after the next change.".format(code), flush=True)


def start(tree, command, report):
    run(tree, command or flask(tree), line, ended)


supervise(sys.argv[1:], start, lambda tree: {"image": image(tree)})
