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


def flask(tree):
    """Flask's development server, in the virtualenv where there is one. It reloads changed files between requests."""
    os.environ.setdefault("FLASK_DEBUG", "1")
    os.environ.setdefault("FLASK_ENV", "development")
    # By its name: Flask would follow the link to a file, and the application would look for its folders in the tree.
    for module in ("expungeservice/wsgi.py", "expungeservice/app.py", "wsgi.py", "app.py"):
        if "FLASK_APP" not in os.environ and os.path.exists(os.path.join(tree.folder, module)):
            os.environ["FLASK_APP"] = module[:-3].replace("/", ".")
    pipenv = shutil.which("pipenv") and os.path.exists(os.path.join(tree.folder, "Pipfile"))
    prefix = ["pipenv", "run", "flask"] if pipenv else [sys.executable, "-m", "flask"]
    return prefix + ["run", "--host", "0.0.0.0", "--port", "5000"]


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
