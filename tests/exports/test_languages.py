"""An atlas in another language and script keeps every promise: what is read back is what was written."""

from pathlib import Path

import pytest

from atlas_print.compose.labels import labels
from atlas_print.prove import prove
from atlas_print.prove.verdicts import Outcome
from tests.exports import stress
from tests.making import TODAY, atlas_of, make_each
from tests.pdf.invariants import faults
from tests.validators import outloud, page, verapdf

pytestmark = pytest.mark.xdist_group("stress")

# The same few sentences on oxygen and tests; the disclaimer says: education, not medical advice.
TEXTS = {
    "ar": ("هذا للتثقيف وليس نصيحة طبية.", "نقل الأكسجين", "يمر الأكسجين من الرئتين إلى الدم ببطء في 12 شخصا.", "قوي"),
    "hi": ("यह शिक्षा है, चिकित्सा सलाह नहीं।", "ऑक्सीजन का मार्ग", "ऑक्सीजन धीरे जाती है, 12 लोगों में।", "मजबूत"),
    "th": ("นี่คือการศึกษา ไม่ใช่คำแนะนำทางการแพทย์", "ทางของออกซิเจน", "ออกซิเจนผ่านจากปอดเข้าสู่เลือดช้าลงใน 12 คน", "ต่ำ"),
    "el": ("Αυτό δεν είναι ιατρική συμβουλή.", "Η οδός του οξυγόνου", "Το οξυγόνο περνά σε 12 άτομα.", "ισχυρή"),
}  # fmt: skip


@pytest.mark.parametrize("language", TEXTS)
def test_language(tmp_path: Path, language: str) -> None:
    disclaimer, title, sentence, level = TEXTS[language]
    stress.write(tmp_path)
    for path in (tmp_path / "content" / "topics").glob("*.md"):
        path.unlink()
    config = stress.ATLAS.replace("language: en", f"language: {language}")
    config = config.replace(
        "This is education, not medical advice. Tests are for a talk with your own clinician.", disclaimer
    )
    config = config.replace("high: It will hold.", f"{level}: '{sentence}'") + "  handout: {kind: handout}\n"
    (tmp_path / "content" / "atlas.yaml").write_text(config, "utf-8")
    front = f"title: {title}\nkind: mechanism\nsystem: vascular\nreviewed: 2026-10-01\nlede: {sentence}\n"
    front += f"short: {sentence}\n"
    graded = f'## {title} 2 {{strength={level} audit=emerging basis="{level}"}}\n\n{" ".join([sentence] * 6)}[@ref-1]'
    topic = f"---\n{front}---\n\n{graded}\n\n## {title} 3 {{.unknowns}}\n\n- {sentence}[@ref-2]\n"
    (tmp_path / "content" / "topics" / "oxygen.md").write_text(topic, "utf-8")
    atlas = atlas_of(tmp_path)
    for task, made, editions in make_each(atlas, tmp_path):
        file = tmp_path / Path(task.path).name
        file.write_bytes(made.data)
        about = None if task.slug is None else atlas.topic(task.slug)
        verdicts = prove(
            file.read_bytes(), task.export.kind, atlas, about, TODAY, {}, editions, labels(tmp_path, language)
        )
        broken = [(file.name, str(finding)) for verdict in verdicts for finding in verdict.findings]
        assert broken == []
        assert all(verdict.outcome is not Outcome.BROKEN for verdict in verdicts)
        if file.suffix == ".pdf":
            assert faults(file) == []
            assert verapdf.validate([file], "ua1") == {file: []}
            assert page.validate([file], "ua1") == {file: []}
            # Joined Arabic letters leave many glyphs to say nothing; their words are told by ActualText.
            told = [message for message in outloud.check([file])[file] if "TXT-004" not in message]
            assert told == []
