"""EbookLib and nothing else: `python -m tests.benchmark.ebook FOLDER OUT` packs the files of a folder."""

import sys
from mimetypes import guess_type
from pathlib import Path

from ebooklib import epub


def main(folder: Path, out: Path) -> None:
    """Writes an EPUB."""
    book = epub.EpubBook()
    book.set_title(folder.name)
    book.set_language("en")
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        name = file.relative_to(folder).as_posix()
        if file.suffix == ".xhtml":
            item = epub.EpubHtml(title=file.stem, file_name=name, content=file.read_bytes())
            book.spine.append(item)
        else:
            item = epub.EpubItem(
                file_name=name, media_type=guess_type(file)[0] or "font/ttf", content=file.read_bytes()
            )
        book.add_item(item)
    book.toc = [item for item in book.spine if item != "nav"]
    book.add_item(epub.EpubNcx())
    book.add_item(epub.EpubNav())
    epub.write_epub(out, book)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
