"""Projects of one short topic in another language and script."""

from pathlib import Path

from tests.exports import stress

# The same few sentences on oxygen and tests; the disclaimer says: education, not medical advice.
TEXTS = {
    "ar": ("هذا للتثقيف وليس نصيحة طبية.", "نقل الأكسجين", "يمر الأكسجين من الرئتين إلى الدم ببطء في 12 شخصا.", "قوي"),
    "hi": ("यह शिक्षा है, चिकित्सा सलाह नहीं।", "ऑक्सीजन का मार्ग", "ऑक्सीजन धीरे जाती है, 12 लोगों में।", "मजबूत"),
    "th": ("นี่คือการศึกษา ไม่ใช่คำแนะนำทางการแพทย์", "ทางของออกซิเจน", "ออกซิเจนผ่านจากปอดเข้าสู่เลือดช้าลงใน 12 คน", "ต่ำ"),
    "el": ("Αυτό δεν είναι ιατρική συμβουλή.", "Η οδός του οξυγόνου", "Το οξυγόνο περνά σε 12 άτομα.", "ισχυρή"),
}  # fmt: skip


def write(folder: Path, language: str) -> None:
    """A project in that folder, with one topic in that language."""
    disclaimer, title, sentence, level = TEXTS[language]
    stress.write(folder)
    for path in (folder / "content" / "topics").glob("*.md"):
        path.unlink()
    config = stress.ATLAS.replace("language: en", f"language: {language}")
    config = config.replace(
        "This is education, not medical advice. Tests are for a talk with your own clinician.", disclaimer
    )
    config = config.replace("high: It will hold.", f"{level}: '{sentence}'") + "  handout: {kind: handout}\n"
    (folder / "content" / "atlas.yaml").write_text(config, "utf-8")
    front = f"title: {title}\nkind: mechanism\nsystem: vascular\nreviewed: 2026-10-01\nlede: {sentence}\n"
    front += f"short: {sentence}\n"
    graded = f'## {title} 2 {{strength={level} audit=emerging basis="{level}"}}\n\n{" ".join([sentence] * 6)}[@ref-1]'
    topic = f"---\n{front}---\n\n{graded}\n\n## {title} 3 {{.unknowns}}\n\n- {sentence}[@ref-2]\n"
    (folder / "content" / "topics" / "oxygen.md").write_text(topic, "utf-8")
