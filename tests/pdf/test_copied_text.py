"""What a reader copies out of a page, a script at a time: by poppler (Evince, Okular) and by PDFium (Chrome, Edge).

Arabic, and Hebrew with points, are shown by glyphs that say other letters than they stand for, and both readers turn
round by themselves what is told beside them: there the text for a voice is held against the source, and no copy.
"""

import re
import subprocess
import unicodedata
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from atlas_print.pdf.engine import typeset, write
from atlas_print.typefaces import families, family_list

COPIED = {
    "en": "Naïve ffi flow: 5 µm² ± 2 %, “quoted” – and so on.",
    "vi": "Bị bệnh phổi mạn tính, họ cần được khám và điều trị sớm.",
    "yo": "Ẹ ṣe é kí ọmọ náà tó sùn.",
    "el": "Το οξυγόνο περνά σε 12 άτομα, άρα ΐ ΰ.",
    "ru": "Кислород проходит из лёгких в кровь у 12 человек.",
    "he": "החמצן עובר מהריאות אל הדם לאט",
    "hi": "ऑक्सीजन धीरे जाती है, 12 लोगों में। कि कमल क्षेत्र",
    "bn": "অক্সিজেন ধীরে যায়, ১২ জনের মধ্যে।",
    "gu": "ઓક્સિજન ધીમે જાય છે.",
    "pa": "ਆਕਸੀਜਨ ਹੌਲੀ ਜਾਂਦੀ ਹੈ।",
    "kn": "ಆಮ್ಲಜನಕ ನಿಧಾನವಾಗಿ ಹೋಗುತ್ತದೆ.",
    "ml": "ഓക്സിജൻ പതുക്കെ പോകുന്നു.",
    "or": "ଅମ୍ଳଜାନ ଧୀରେ ଯାଏ।",
    "si": "ඔක්සිජන් සෙමින් යයි.",
    "ta": "ஆக்ஸிஜன் மெதுவாக செல்கிறது.",
    "te": "ఆక్సిజన్ నెమ్మదిగా వెళ్తుంది.",
    "th": "ออกซิเจนผ่านจากปอดเข้าสู่เลือดช้าลงใน 12 คน ทำ น้ำ",
    "lo": "ອົກຊີເຈນໄປຊ້າໆ.",
    "km": "អុកស៊ីសែន ទៅយឺតៗ។",
    "my": "အောက်ဆီဂျင် ဖြည်းဖြည်း သွားသည်။",
    "am": "ኦክስጅን ቀስ ብሎ ያልፋል።",
    "ka": "ჟანგბადი ნელა გადადის.",
    "hy": "Թթվածինը դանդաղ է անցնում։",
    "en-signs": "A → B ⇒ C, x ≥ 5 ⩽ 6, ∑ ∫ √ ≈ ≠, ☐ ☑ ♀ ⚠ ①",
    "ja": "発熱は12人で見られた。",
    "zh": "氧气慢慢进入血液。",
    "ko": "산소가 천천히 이동한다.",
}
TOLD = {
    "ar": "يمر الأكسجين من الرئتين إلى الدم ببطء في 12 شخصا.",
    "fa": "اکسیژن به‌کندی از ریه‌ها به خون می‌رسد.",
    "he-points": "שָׁלוֹם לְכֻלָּם, מַה שְּׁלוֹמְכֶם?",
}
RTL = ("ar", "fa", "he")
# Signs from other families than letters bring the families of signs with them, as every page of ours does.
WITH_SIGNS = "/* ·•–0123456789.,?! */"


def page(tmp_path: Path, key: str, text: str) -> Path:
    """A page with a heading and a paragraph of that text."""
    language = key.partition("-")[0]
    stack = families(None, language, [])
    missing = [sign for sign in text if not sign.isspace() and not any(family.covers(sign) for family in stack)]
    if missing and language in ("ja", "zh", "ko"):
        pytest.skip("the extra cjk is not installed")
    css = f"{WITH_SIGNS} @page {{ size: 400mm }} h1, p {{ font: 14pt/1.7 {family_list(stack)} }}"
    direction = "rtl" if language in RTL else "ltr"
    body = f"<title>T</title><body><h1>{text}</h1><p>{text} {text}</p></body>"
    file = tmp_path / "page.pdf"
    file.write_bytes(write(typeset(f'<html lang="{language}" dir="{direction}">{body}</html>', css, stack)))
    return file


def plain(text: str) -> str:
    """A text without its line ends, and without signs that show nothing."""
    seen = "".join(sign for sign in text if unicodedata.category(sign) != "Cf")
    return " ".join(re.split(r"\s+", unicodedata.normalize("NFC", seen).strip()))


@pytest.mark.parametrize("key", COPIED)
def test_a_copy_says_what_the_page_says(tmp_path: Path, key: str) -> None:
    file = page(tmp_path, key, COPIED[key])
    by_poppler = subprocess.run(["pdftotext", file, "-"], capture_output=True, text=True, check=True).stdout
    with pypdfium2.PdfDocument(file) as pdf:
        by_pdfium = "".join(sheet.get_textpage().get_text_range() for sheet in pdf)
    wanted = plain(" ".join([COPIED[key]] * 3))
    assert plain(by_poppler) == wanted
    assert plain(by_pdfium) == wanted


@pytest.mark.parametrize("key", TOLD)
def test_what_copies_turn_round_is_told_as_it_is_written(tmp_path: Path, key: str) -> None:
    with pikepdf.open(page(tmp_path, key, TOLD[key])) as pdf:
        lists = [it.operands[1] for it in pikepdf.parse_content_stream(pdf.pages[0]) if str(it.operator) == "BDC"]
        told = [str(it.ActualText) for it in lists if isinstance(it, pikepdf.Dictionary) and "/ActualText" in it]
    assert plain("".join(told)) == plain(f"{TOLD[key]}{TOLD[key]} {TOLD[key]}")
