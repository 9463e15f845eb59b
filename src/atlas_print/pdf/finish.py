"""The last touch on a PDF before its bytes are written: its claims, and streams whose length is beyond doubt."""

from typing import Any

import pydyf

from atlas_print.pdf.drawings import fill_forms
from atlas_print.pdf.streams import end_streams

_PDFUA = b"""<rdf:Description xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" rdf:about="" pdfuaid:part="1"/>
<rdf:Description xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#"
 rdf:about=""><pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 that the file conforms to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
"""
_WTPDF = b"""<rdf:Description xmlns:pdfd="http://pdfa.org/declarations/" rdf:about=""><pdfd:declarations><rdf:Bag>
<rdf:li rdf:parseType="Resource">
<pdfd:conformsTo>http://pdfa.org/declarations/wtpdf#accessibility1.0</pdfd:conformsTo>
</rdf:li></rdf:Bag></pdfd:declarations></rdf:Description>
"""
_END = b"</rdf:RDF>"


def finish(document: Any, pdf: Any) -> None:
    """A finisher for `write_pdf`; ValueError if the XMP packet is not of the form that WeasyPrint 70 writes."""
    del document
    _claim(pdf)
    fill_forms(pdf)
    # Page labels equal the printed numbers: 1 to N.
    decimal = pydyf.Dictionary({"S": "/D"})
    pdf.catalog["PageLabels"] = pydyf.Dictionary({"Nums": pydyf.Array([0, decimal])})
    for stream in pdf.objects:
        if isinstance(stream, pydyf.Stream) and stream.stream[:1] == [b"/CIDInit /ProcSet findresource begin"]:
            _map_every_glyph(stream)
    end_streams(pdf)


def _claim(pdf: Any) -> None:
    """Adds to WeasyPrint's claim what else the file is: PDF/UA-1 beside PDF/A-2a, WTPDF beside PDF/UA-2.

    It goes inside WeasyPrint's own rdf:RDF, since readers look at the first one only, and the packet is written
    uncompressed, since readers of PDF/A look for it in the raw file. PDF/A asks for the schema of what it doesn't
    know.
    """
    stream = pdf.objects[int(pdf.catalog["Metadata"].split()[0])]
    packet = b"".join(stream.stream)
    if packet.count(_END) != 1:
        raise ValueError("the XMP packet holds no rdf:RDF, or more than one")
    claim = _PDFUA if b"pdfaid:" in packet else _WTPDF
    stream.stream = [packet.replace(_END, claim + _END)]
    stream.compress = False


def _map_every_glyph(to_unicode: Any) -> None:
    """Maps to a character without a shape each glyph that WeasyPrint maps to no text, the second of a cluster.

    A mapping to nothing is malformed (ISO 14289-1, 7.21.7; Adobe Technical Note 5411). The words themselves stand
    beside such glyphs as ActualText.
    """
    to_unicode.stream = [line.replace(b" <>", b" <034f>") for line in to_unicode.stream]
