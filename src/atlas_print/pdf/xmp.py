"""The claims in the metadata: PDF/A-2a, which WeasyPrint writes, and PDF/UA-1 beside it in the same packet."""

from typing import Any

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
_END = b"</rdf:RDF>"


def claim_pdfua(document: Any, pdf: Any) -> None:
    """Adds pdfuaid:part 1, with the extension schema that PDF/A asks for, inside WeasyPrint's own rdf:RDF.

    A finisher for `write_pdf`. The packet is written uncompressed, since PDF/A readers look for it in the raw
    file. Raises ValueError if the packet is not of the form that WeasyPrint 70 writes.
    """
    del document
    stream = pdf.objects[int(pdf.catalog["Metadata"].split()[0])]
    packet = b"".join(stream.stream)
    if packet.count(_END) != 1:
        raise ValueError("the XMP packet holds no rdf:RDF, or more than one")
    stream.stream = [packet.replace(_END, _PDFUA + _END)]
    stream.compress = False
