"""Templates as code: each is compiled once in a process, however many exports are filled from it."""

from jinja2.bccache import Bucket, BytecodeCache

_KEPT: dict[str, bytes] = {}


class Compiled(BytecodeCache):
    """Keeps code in memory; Jinja asks by the name and file of a template, and compares its source."""

    def load_bytecode(self, bucket: Bucket) -> None:
        """Gives what was kept."""
        if bucket.key in _KEPT:
            bucket.bytecode_from_string(_KEPT[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keeps it."""
        _KEPT[bucket.key] = bucket.bytecode_to_string()
