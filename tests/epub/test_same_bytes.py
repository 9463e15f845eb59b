"""The same content gives the same bytes on any machine: its clock, its time zone and its hash seed don't matter."""

import os
import subprocess
import sys

import pytest

from tests.making import ROOT

MAKE = """
import hashlib, sys
from tests.making import ROOT, make_all
from pathlib import Path
from tempfile import TemporaryDirectory
with TemporaryDirectory() as folder:
    for path, file in sorted(make_all(ROOT / "src" / "atlas_print" / "starter", Path(folder)).items()):
        print(path, hashlib.sha256(file.read_bytes()).hexdigest())
"""


@pytest.mark.xdist_group("same-bytes")
def test_time_zone_and_hash_seed_change_nothing() -> None:
    told = []
    for zone, seed in (("Pacific/Kiritimati", "1"), ("Pacific/Pago_Pago", "4242")):
        places = os.pathsep.join(map(str, (ROOT / "src", ROOT)))
        environment = os.environ | {"TZ": zone, "PYTHONHASHSEED": seed, "PYTHONPATH": places}
        done = subprocess.run([sys.executable, "-c", MAKE], env=environment, capture_output=True, text=True, check=True)
        told.append(done.stdout)
    assert told[0].count("\n") == 4
    assert told[0] == told[1]
