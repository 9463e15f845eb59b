"""Bibliographies of BibTeX and BibLaTeX as Zotero, JabRef, Mendeley, Google Scholar, Crossref and hands write them."""

from pathlib import Path
from typing import Any

import pytest

from atlas_print.atlas import Reference
from atlas_print.problems import Problem
from atlas_print.read.references.bibliography import read_bibliography


def read(tmp_path: Path, text: str) -> tuple[dict[str, Reference], list[Problem]]:
    (tmp_path / "references.bib").write_text(text, "utf-8")
    problems: list[Problem] = []
    found = read_bibliography(tmp_path, problems)
    return found.references, sorted([*problems, *found.told(set(found.references))])


def person(family: str, given: str, **more: str) -> dict[str, str]:
    return {"family": family, "given": given} | {key.replace("_", "-"): value for key, value in more.items()}


def entry(tmp_path: Path, fields: str, type_: str = "article") -> Reference:
    title = "" if fields.startswith("title =") else "title = {A title}, "
    found, problems = read(tmp_path, f"@{type_}{{key, {title}{fields}}}")
    assert problems == []
    return found["key"]


def item(tmp_path: Path, fields: str, type_: str = "article") -> dict[str, Any]:
    return dict(entry(tmp_path, fields, type_).item)


@pytest.mark.parametrize(
    ("tex", "rich"),
    [
        (
            r"{\"O}zg{\"u}r, \'Etude, {\o}, {\ss}, \c{c}, {\'{\i}}, \v{S}, \k{a}, \L{}, {\aa}",
            "Özgür, Étude, ø, ß, ç, í, Š, ą, Ł, å",
        ),
        (r"\'{e} \`a \^{o} \~n \H{o} \u{g} \.{I} \d{s} \r{u} \={a}", "é à ô ñ ő ğ İ ṣ ů ā"),
        (r"{Protected} {BOLD} {{Trial}} of {C}OVID", "Protected BOLD Trial of COVID"),
        (r"95\% {CI}, R\&D, a\_b, \#1, \$5", "95% CI, R&D, a_b, #1, $5"),
        ("95% CI and R&D #1", "95% CI and R&D #1"),
        ("A cost of $5 million", "A cost of $5 million"),
        (
            r"CO$_2$, H$_{2}$O, 10$^{-3}$, $10^{-3}$, Ca$^{2+}$",
            "CO<sub>2</sub>, H<sub>2</sub>O, 10<sup>-3</sup>, 10<sup>-3</sup>, Ca<sup>2+</sup>",
        ),
        (r"CO\textsubscript{2}, \textsuperscript{129}Xe", "CO<sub>2</sub>, <sup>129</sup>Xe"),
        (r"VO$_{2\mathrm{max}}$ at 37$^\circ$C and 4$^{\circ}$C", "VO<sub>2max</sub> at 37°C and 4°C"),
        (
            r"$\beta$-blockers, $\alpha_1$, \textmu g, $\mu$g, $\geq$ 5 $\pm$ 2 $\times$ 3",
            "β-blockers, α<sub>1</sub>, µg, μg, ≥ 5 ± 2 × 3",
        ),
        (r"\textit{In vivo} \emph{case}, \textbf{bold}, {\em old}", "<i>In vivo</i> <i>case</i>, <b>bold</b>, old"),
        (r"\textsc{atp}, \texttt{x}, \mbox{y}, \ensuremath{\gamma}", "atp, x, y, γ"),
        ("A ``quoted'' word -- and --- dashes", "A “quoted” word – and — dashes"),
        (r"\enquote{quoted} Patients' don't", "“quoted” Patients' don't"),
        (r"a~b\ c\,d", "a b c d"),
        (r"{\textgreater} {\textless} \textasciitilde{} {\textendash} \textquoteright{}s {\texttimes}", "> < ~ – ’s ×"),
        (r"Rest {\&}amp$\mathsemicolon$ recovery", "Rest & recovery"),
        (
            "Crossref's <i>in vivo</i> and CO<sub>2</sub> &amp; more",
            "Crossref's <i>in vivo</i> and CO<sub>2</sub> & more",
        ),
        ("Über — 肺 ≥ 5", "Über — 肺 ≥ 5"),
        ("Two\n    lines", "Two lines"),
        (r"Endings\ldots{} and \dots", "Endings… and …"),
        (r"{\'A}lvarez {\v S}imi{\'c} {\L}ukasz \o re", "Álvarez Šimić Łukasz øre"),
        ("P < 0.05, n > 3 [sic] (x)", "P < 0.05, n > 3 [sic] (x)"),
    ],
)
def test_texts_of_tex(tmp_path: Path, tex: str, rich: str) -> None:
    assert item(tmp_path, f"title = {{{tex}}}")["title"] == rich


@pytest.mark.parametrize(
    ("author", "names"),
    [
        ("de la Cruz, María", [person("Cruz", "María", non_dropping_particle="de la")]),
        ("María de la Cruz", [person("Cruz", "María", non_dropping_particle="de la")]),
        ("{de la Cruz}, María", [person("de la Cruz", "María")]),
        ("Mora, Ada and Berg, Olaf", [person("Mora", "Ada"), person("Berg", "Olaf")]),
        ("Mora, Ada and others", [person("Mora", "Ada"), {"literal": "et al"}]),
        ("Ada B. Mora", [person("Mora", "Ada B.")]),
        ("King, Jr., Martin Luther", [person("King", "Martin Luther", suffix="Jr.")]),
        ("{World Health Organization}", [{"literal": "World Health Organization"}]),
        ("{{World Health Office}} and Li, J.", [{"literal": "World Health Office"}, person("Li", "J.")]),
        ("World Health Organization", [{"literal": "World Health Organization"}]),
        ("Centers for Disease Control and Li, J.", [{"literal": "Centers for Disease Control"}, person("Li", "J.")]),
        ("The RECOVER Consortium", [{"literal": "The RECOVER Consortium"}]),
        ("Ludwig van Beethoven", [person("Beethoven", "Ludwig", non_dropping_particle="van")]),
        ("{Ministry of Health and Welfare}", [{"literal": "Ministry of Health and Welfare"}]),
        ("{World Health Organization (WHO)}", [{"literal": "World Health Organization (WHO)"}]),
        (r"M{\"u}ller, J{\"o}rg and {\O}stby, {\AA}se", [person("Müller", "Jörg"), person("Østby", "Åse")]),
        (
            "family=Berg, given=Jan, prefix=van der, useprefix=true",
            [person("Berg", "Jan", non_dropping_particle="van der")],
        ),
        ("Plato", [{"family": "Plato"}]),
        ("Li, J.-P. and\n Smith, John Q.", [person("Li", "J.-P."), person("Smith", "John Q.")]),
        ("O'Brien, S.", [person("O'Brien", "S.")]),
    ],
)
def test_names(tmp_path: Path, author: str, names: list[dict[str, str]]) -> None:
    assert item(tmp_path, f"author = {{{author}}}")["author"] == names


def dated(*parts: list[int]) -> dict[str, Any]:
    return {"date-parts": list(parts)}


@pytest.mark.parametrize(
    ("fields", "date"),
    [
        ("year = 2020", dated([2020])),
        ("year = {2020}, month = may", dated([2020, 5])),
        ("year = {2020}, month = {May}", dated([2020, 5])),
        ("year = {2020}, month = {5}, day = 7", dated([2020, 5, 7])),
        ('year = {2020}, month = may # "~5"', dated([2020, 5, 5])),
        ('year = {2020}, month = "5~" # may', {"literal": "2020 5 may"}),
        ("year = {2020}, month = {Jan-Feb}", {"literal": "2020 Jan-Feb"}),
        ("year = {in press}", {"literal": "in press"}),
        ("year = {2020}, month = {}", dated([2020])),
        ("year = {[2020]}", {"literal": "[2020]"}),
        ("date = {2020-05-07}", dated([2020, 5, 7])),
        ("date = {2020-05}, year = {1999}", dated([2020, 5])),
        ("date = {2020/2021}", dated([2020], [2021])),
        ("date = {2020-05-07/2020-05-09}", dated([2020, 5, 7], [2020, 5, 9])),
        ("date = {2020~}", {"literal": "ca 2020"}),
        ("date = {2020-05/}", dated([2020, 5])),
        ("note = {x}", None),
    ],
)
def test_dates(tmp_path: Path, fields: str, date: dict[str, Any] | None) -> None:
    assert item(tmp_path, fields).get("issued") == date


@pytest.mark.parametrize(
    ("type_", "fields", "expected"),
    [
        ("article", "journal = {J}, volume = 3, number = 4, pages = {10--19}",
         {"type": "article-journal", "container-title": "J", "volume": "3", "issue": "4", "page": "10–19"}),
        ("article", "journaltitle = {J}, shortjournal = {J.}, issue = {Spring}, eid = {e12}",
         {"container-title": "J", "container-title-short": "J.", "issue": "Spring", "number": "e12"}),
        ("ARTICLE", "Journal = {J}, Volume = {3}", {"type": "article-journal", "container-title": "J", "volume": "3"}),
        ("article", "journal = {T}, entrysubtype = {newspaper}", {"type": "article-newspaper", "container-title": "T"}),
        ("incollection", "booktitle = {B}, booksubtitle = {C}, editor = {Li, Jo}, publisher = {P}, address = {Oslo}",
         {"type": "chapter", "container-title": "B: C", "publisher": "P", "publisher-place": "Oslo",
          "editor": [{"family": "Li", "given": "Jo"}]}),
        ("inproceedings", "booktitle = {Proc.}, series = {LNCS}, number = 7, organization = {ACM}",
         {"type": "paper-conference", "collection-title": "LNCS", "collection-number": "7", "publisher": "ACM"}),
        ("book", "edition = {Second}, publisher = {P}", {"type": "book", "edition": "2"}),
        ("book", "edition = {3rd}", {"edition": "3rd"}),
        ("phdthesis", "school = {Uni}", {"type": "thesis", "publisher": "Uni", "genre": "PhD thesis"}),
        ("mastersthesis", "school = {Uni}, type = {Diploma}", {"type": "thesis", "genre": "Diploma"}),
        ("techreport", "institution = {NICE}, number = {NG188}, type = {Guideline}",
         {"type": "report", "publisher": "NICE", "number": "NG188", "genre": "Guideline"}),
        ("online", "urldate = {2021-02-03}, organization = {WHO}",
         {"type": "webpage", "accessed": dated([2021, 2, 3]), "publisher": "WHO"}),
        ("misc", "howpublished = {Leaflet}", {"type": "document", "publisher": "Leaflet"}),
        ("misc", "note = {[Online; accessed 3 May 2024]}", {"accessed": dated([2024, 5, 3])}),
        ("misc", "note = {Accessed: 2024-05-01}", {"accessed": dated([2024, 5, 1])}),
        ("dataset", "version = {1.10}", {"type": "dataset", "version": "1.10"}),
        ("software", "version = {2}", {"type": "software"}),
        ("patent", "number = {US1}", {"type": "patent", "number": "US1"}),
        ("unpublished", "note = {x}", {"type": "manuscript"}),
        ("nosuchtype", "note = {x}", {"type": "document"}),
        ("article", "title = {A}, subtitle = {B}, shorttitle = {S}", {"title": "A: B", "title-short": "S"}),
        ("misc", "eprint = {2101.00001}, archivePrefix = {arXiv}, primaryClass = {q-bio}",
         {"type": "article", "genre": "preprint", "container-title": "arXiv"}),
    ],
)  # fmt: skip
def test_types_and_fields(tmp_path: Path, type_: str, fields: str, expected: dict[str, Any]) -> None:
    found = item(tmp_path, fields, type_)

    assert {key: found.get(key) for key in expected} == expected


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ("doi = {10.1000/abc_1}", ("10.1000/abc_1", None, None, None)),
        (r"doi = {10.1000/abc\_1}", ("10.1000/abc_1", None, None, None)),
        (r"doi = {https://doi.org/10.1002/(sici)1\%3C2::aid\%3E3}", ("10.1002/(sici)1<2::aid>3", None, None, None)),
        ("DOI = {10.1000/abc}, url = {https://doi.org/10.1000/abc}", ("10.1000/abc", None, None, "https://doi.org/10.1000/abc")),
        ("pmid = {123}, pmcid = {PMC1}", (None, "123", "PMC1", None)),
        ("eprint = {123}, eprinttype = {pubmed}", (None, "123", None, None)),
        ("eprint = {1}, eprinttype = {pmcid}", (None, None, "PMC1", None)),
        ("eprint = {arXiv:2101.00001}, archiveprefix = {arXiv}", (None, None, None, "https://arxiv.org/abs/2101.00001")),
        ("note = {PMID: 123}", (None, "123", None, None)),
        (r"url = {https://x.example/a\_b\%20c?d=1\&e=2}", (None, None, None, "https://x.example/a_b%20c?d=1&e=2")),
        (r"url = {https://x.example/$\sim$who/{\textasciitilde}a}", (None, None, None, "https://x.example/~who/~a")),
        ("url = {https://x.example/a%20b_c#d}", (None, None, None, "https://x.example/a%20b_c#d")),
        (r"howpublished = {\url{https://x.example/a_b}}", (None, None, None, "https://x.example/a_b")),
        (r"howpublished = {Available at \url{https://x.example/}}", (None, None, None, "https://x.example/")),
        (r"note = {\url{https://x.example/}}", (None, None, None, "https://x.example/")),
    ],
)  # fmt: skip
def test_identifiers(tmp_path: Path, fields: str, expected: tuple[str | None, ...]) -> None:
    found = entry(tmp_path, fields)

    assert (found.doi, found.pmid, found.pmcid, found.url) == expected


def test_strings_and_what_joins_them(tmp_path: Path) -> None:
    found, problems = read(
        tmp_path,
        """
        @string{air = "Journal of Air"}
        @String(sea = {and {Sea}})
        @article{a, title = {A}, journal = AIR # " " # sea # {, the #1}, year = 2020, month = JUN}
        """,
    )

    assert problems == []
    assert found["a"].item["container-title"] == "Journal of Air and Sea, the #1"
    assert found["a"].item["issued"] == dated([2020, 6])


def test_a_part_takes_from_its_whole(tmp_path: Path) -> None:
    found, problems = read(
        tmp_path,
        """
        @incollection{part, title = {Part}, author = {Li, Jo}, crossref = {Whole}, pages = {1--3}}
        @inbook{data, title = {Data}, xdata = {shared}, booktitle = {B}}
        @collection{whole, title = {Whole}, subtitle = {A book}, editor = {Roe, Jane}, publisher = {Oak}, year = 2020,
          doi = {10.1000/whole}}
        @xdata{shared, publisher = {Elm}, title = {Never}}
        """,
    )
    part = found["part"]

    assert problems == []
    assert (part.title, part.item["container-title"], part.doi) == ("Part", "Whole: A book", None)
    assert (part.item["publisher"], part.item["editor"]) == ("Oak", [{"family": "Roe", "given": "Jane"}])
    assert part.item["issued"] == dated([2020])
    assert (found["data"].item["publisher"], found["data"].title) == ("Elm", "Data")


def test_comments_and_what_tools_leave_are_no_entries(tmp_path: Path) -> None:
    found, problems = read(
        tmp_path,
        """% Encoding: UTF-8
        @comment{jabref-meta: databaseType:bibtex;}
        @preamble{"\\newcommand{\\noopsort}[1]{}"}
        Some words between the entries.
        @article{a, title = "A {"}quoted{"} title", keywords = {x}, keywords = {y}, file = {:a.pdf:PDF},}
        """,
    )

    assert problems == []
    assert found["a"].title == 'A "quoted" title'


def test_each_field_has_its_line(tmp_path: Path) -> None:
    found, problems = read(tmp_path, "@article{a,\n  title = {A},\n  doi = {air.1},\n  pmid = {x}\n}\n")

    assert found["a"].line == 1
    assert [str(problem.place) for problem in problems] == ["content/references.bib:3:3", "content/references.bib:4:3"]


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        ("@article{a, title = {A}, journal = nosuch}", ["unknown-string"]),
        ("@article{a, title = {A \\nosuch{x}}}", ["unknown-tex"]),
        ("@article{a, title = {A}, crossref = {b}}", ["unknown-crossref"]),
        ("@article{a, title = {A}\n@article{b, title = {B}}", ["bad-bibtex"]),
        ("@article{a, title {A}}", ["bad-bibtex"]),
        ("@article{a, title = {A}}\n@book{a, title = {B}}", ["duplicate-reference"]),
        ("@article{, title = {A}}", ["missing-id"]),
        ("@article{a, year = 2020}", ["missing-title"]),
        ("@article{a, title = {A}, year = 1, year = 2}", ["duplicate-key"]),
    ],
)
def test_what_would_lose_a_word_is_refused(tmp_path: Path, text: str, rules: list[str]) -> None:
    _, problems = read(tmp_path, text)

    assert [problem.rule for problem in problems] == rules
    assert all(problem.severity == "error" for problem in problems)
