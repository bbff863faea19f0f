"""Everything a re-judge needs runs where nothing but the judge group is installed.

Run by tox in an environment of its own, without pytest: `python tests/judge_only/check.py`.
"""

import importlib.util
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
ABSENT = ("pytest", "robot", "serial", "smartcard")
DRIVERS = (
    "adapters.icc",
    "adapters.ifd",
    "adapters.host",
    "adapters.operator",
    "fixtures.bench",
    "fixtures.emulated",
)
sys.path.insert(0, str(ROOT))


def bundle(directory: Path) -> Path:
    """A bundle of the emulated device, made without any runner."""
    from adapters.clock import SystemClock
    from fixtures import ics, ixit
    from fixtures.bench import bind
    from reports import self_test
    from reports.keyring.station import ready
    from reports.registration.station import NoChallenge
    from suites import campaign as campaigns
    from suites.ledger import Ledger
    from suites.selection import Choice

    clock = SystemClock()
    bench = ixit.read(ixit.IN_MEMORY)
    statement = ics.read(bench.ics_path)
    request = self_test.Request(
        ixit=bench,
        ics=statement,
        ics_path=bench.ics_path,
        choice=Choice(),
        practice=False,
        runner="pytest",
        seed="judge-only",
        directory=directory / "campaign",
        station=directory,
        signer=ready(directory, clock),
        challenge=NoChallenge(),
    )
    plan = self_test.begin(request, clock)
    campaign = campaigns.join(
        request.directory, bind(bench, statement, clock, request.seed), Ledger(directory)
    )
    for run in plan.runs:
        list(campaign.attempts(run))
    campaign.journal.close()
    return self_test.finish(request, clock).bundle


def assay(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        (sys.executable, str(ROOT / "cli.py"), *words), capture_output=True, text=True, check=False
    )


def modules_after(*words: str) -> set[str]:
    """The modules that are loaded when a command has run."""
    program = (
        "import sys, cli\n"
        "code = cli.main(sys.argv[1:])\n"
        "print('\\n'.join(sorted(sys.modules)), file=sys.stderr)\n"
        "sys.exit(code)\n"
    )
    ran = subprocess.run(
        (sys.executable, "-c", program, *words),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return set(ran.stderr.split())


def main() -> int:
    found = [name for name in ABSENT if importlib.util.find_spec(name)]
    if found:
        print(f"this environment is not bare: {', '.join(found)}")
        return 1
    with tempfile.TemporaryDirectory() as directory:
        sealed = str(bundle(Path(directory)))
        for words, code in (
            (("verify", sealed), 0),
            (("rejudge", sealed), 0),
            (("rejudge", "--json", sealed), 0),
            (("report", sealed, "--format", "html"), 0),
            (("cases", "--json"), 0),
            (("select",), 0),
            (("decode", "9F2701809505008004E000"), 0),
        ):
            ran = assay(*words)
            if ran.returncode != code:
                print(f"{words} exits {ran.returncode}, not {code}\n{ran.stdout}{ran.stderr}")
                return 1
        loaded = {name for name in modules_after("rejudge", sealed) if name.startswith(DRIVERS)}
        if loaded:
            print(f"re-judging loads drivers or devices: {', '.join(sorted(loaded))}")
            return 1
    print("the judge group alone verifies, re-judges, reports, selects and decodes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
