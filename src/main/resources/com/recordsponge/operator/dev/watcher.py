# Runs a watcher of the back end, such as pytest or a linter.
COLOUR = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
PYTEST = re.compile(r"^=*\s*((?:\d+ [a-z]+(?:, )?)+) in [\d.]+s")
COUNT = re.compile(r"(\d+) ([a-z]+)")
BROKEN = re.compile(r"ImportError while loading conftest|INTERNALERROR>|no tests ran in ")  # pytest ends without counts


def summary(line):
    """The counts of pytest's last line, if this is one."""
    found = PYTEST.match(COLOUR.sub("", line).strip())
    if not found:
        return None
    counts = {word.rstrip("s"): int(number) for number, word in COUNT.findall(found.group(1))}
    return counts.get("passed", 0), counts.get("failed", 0) + counts.get("error", 0)


class Result:
    """The last result of the watcher's command, with the time at which it was first this one."""

    def __init__(self, report):
        self.report, self.counts, self.last = report, None, None

    def set(self, good, passed, failed):
        result = ("passed" if good else "failed", passed, failed)
        if result != self.last:
            self.last = result
            at = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
            self.report.set(result=result[0], passed=passed, failed=failed, at=at)

    def line(self, text):
        counts = summary(text)
        if counts:
            self.counts = counts
            self.set(counts[1] == 0, *counts)
        elif BROKEN.match(COLOUR.sub("", text).strip("= \n")):
            self.counts = None
            self.set(False, None, None)

    def ended(self, code):
        counts, self.counts = self.counts or (None, None), None
        self.set(code == 0, *counts)


def start(tree, command, report):
    result = Result(report)
    run(tree, command, result.line, result.ended)


supervise(sys.argv[1:], start)
