"""What the programs of a developer's back end share: they run a command in a folder with links into the source tree, and
report their state as one line of JSON to whoever connects. Needs only Python 3.7 and its library.

Arguments: PORT [COMMAND...]. RECORDSPONGE_LINKS has the folders to fill with links, as SOURCE:TARGET,SOURCE:TARGET; the
command runs in the first target, and again after it ended and something changed below the first source.
"""
import hashlib, json, os, re, shutil, signal, socket, subprocess, sys, tempfile, threading, time

POLL = 1.0
LONGEST = 300  # characters of a text in a report; the operator reads no report that is too long
OWN = {"logs", "flask_session"}
COPIED = {"Pipfile", "Pipfile.lock"}  # pipenv follows a link, and names the virtualenv after the file that it finds
IGNORED = {".git", "node_modules", "__pycache__", ".pytest_cache", ".mypy_cache"}


class Report:
    """What this program knows; another thread sends it."""

    def __init__(self):
        self.lock = threading.Lock()
        self.values = {}

    def set(self, **values):
        with self.lock:
            self.values.update(values)

    def line(self):
        with self.lock:
            values = {k: v[:LONGEST] if isinstance(v, str) else v for k, v in self.values.items() if v is not None}
            return json.dumps(values).encode() + b"\n"

    def serve(self, port):
        server = socket.socket(socket.AF_INET6 if os.path.exists("/proc/net/if_inet6") else socket.AF_INET)
        server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        server.bind(("", port))
        server.listen(8)
        threading.Thread(target=self._accept, args=(server,), daemon=True).start()

    def _accept(self, server):
        while True:
            connection, _ = server.accept()
            with connection:
                try:
                    connection.settimeout(5)
                    connection.sendall(self.line())
                except OSError:
                    pass


def content(path):
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError:
        return None


def copy(source, target):
    """Copies a file that differs, in one step: the containers of a pod share the target."""
    wanted = content(source)
    if wanted is None or wanted == content(target):
        return
    with tempfile.NamedTemporaryFile(dir=os.path.dirname(target), prefix=".copy-", delete=False) as file:
        file.write(wanted)
    os.replace(file.name, target)


class Tree:
    """The source folders, and the writable folders with links to what is in them."""

    def __init__(self, links):
        self.pairs = [tuple(pair.split(":")) for pair in links.split(",")]
        self.source, self.folder = self.pairs[0]
        self.unreadable = None  # reason and detail of the first file that the program may not read
        self.mount = os.path.dirname(os.path.commonpath([source for source, _ in self.pairs]))

    def is_deleted(self):
        """Whether the top folder was deleted: its mount shows it without a link and empty, whatever now has its name."""
        try:
            return os.stat(self.mount).st_nlink == 0
        except OSError:
            return False

    def link(self):
        """Returns the reason and detail of what is wrong with the tree, if anything is."""
        self.unreadable = None
        if self.is_deleted():
            return "SourceReplaced", self.mount
        for number, (source, target) in enumerate(self.pairs):
            try:
                names = set(os.listdir(source)) - OWN
                os.stat(os.path.join(source, "."))  # refused where the names alone can be read
            except (FileNotFoundError, NotADirectoryError):
                if number == 0:
                    return "SourceFolderNotFound", source
                names = set()
            except OSError:
                return "SourceUnreadable", source
            for name in sorted(names):
                path = os.path.join(source, name)
                if not os.access(path, os.R_OK) and os.path.exists(path):
                    if os.path.isdir(path):
                        return "SourceUnreadable", path
                    self.unreadable = self.unreadable or ("FileUnreadable", path)
                if name in COPIED:
                    copy(os.path.join(source, name), os.path.join(target, name))
                elif not os.path.lexists(os.path.join(target, name)):
                    try:
                        os.symlink(os.path.join(source, name), os.path.join(target, name))
                    except FileExistsError:
                        pass  # another container was faster
            for name in os.listdir(target):
                path = os.path.join(target, name)
                if name not in names and (name in COPIED or os.path.islink(path)):
                    try:
                        os.unlink(path)
                    except FileNotFoundError:
                        pass
        return None

    def version(self):
        """Changes with every change of a file or its mode."""
        digest = hashlib.sha256()
        for folder, folders, files in os.walk(self.source):
            folders[:] = sorted(set(folders) - IGNORED)
            for name in sorted(files):
                try:
                    state = os.stat(os.path.join(folder, name))
                except OSError:
                    continue
                values = state.st_mtime_ns, state.st_size, state.st_mode
                digest.update(os.fsencode("{}/{} {}\n".format(folder, name, values)))
        return digest.digest()


def execute(command, folder, line):
    """Runs the command and tells its lines; returns its code, which is a shell's if it cannot start."""
    global process
    try:
        with starting:
            process = subprocess.Popen(
                command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL,
                start_new_session=True, universal_newlines=True, errors="replace", bufsize=1)
    except OSError as error:
        print(error, flush=True)
        line(str(error))
        return 127
    for text in process.stdout:
        sys.stdout.write(text)
        sys.stdout.flush()
        line(text)
    return process.wait()


def run(tree, command, line, ended):
    """Runs the command, and again once it has ended and the tree has changed; tells its lines and its codes."""
    global failure
    while True:
        failure = None
        version = tree.version()
        ended(execute(command, tree.folder, line))
        while tree.version() == version:
            time.sleep(POLL)


process = None
failure = None  # reason and detail, while the command does not run and should
starting = threading.Lock()


def stop(*_):
    starting.acquire()  # and never release it: the tree can change meanwhile
    if process and process.poll() is None:
        os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
    os._exit(0)


def supervise(arguments, start, look=lambda tree: {}):
    """Serves the report, and starts the command once the tree is as it must be; looks at the tree again and again."""
    port, *command = arguments
    report, tree = Report(), Tree(os.environ["RECORDSPONGE_LINKS"])
    report.serve(int(port))

    def flaw():
        found = tree.link()
        problem, detail = found or failure or tree.unreadable or (None, None)
        report.set(problem=problem, detail=detail, **look(tree))
        return found

    while flaw():
        time.sleep(POLL)
    signal.signal(signal.SIGTERM, stop)
    threading.Thread(target=start, args=(tree, command, report), daemon=True).start()
    while True:
        time.sleep(POLL)
        flaw()
