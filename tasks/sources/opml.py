"""OPML 2.0 (http://opml.org/spec2.opml): lists of feeds, as readers exchange them."""

from collections.abc import Iterable
from datetime import datetime
from email.utils import format_datetime
from pathlib import Path

from lxml import etree

from storage.errors import SettingError
from storage.records import Source
from tasks.web.urls import web_url


def read_opml(path: Path) -> tuple[Source, ...]:
    """The feeds of an OPML file, also in folders. Raises SettingError if it can't be read."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True)
    try:
        root = etree.fromstring(path.read_bytes(), parser)
    except (OSError, etree.XMLSyntaxError, ValueError) as error:
        raise SettingError(str(path), "the OPML file can't be read") from error
    if root is None or etree.QName(root).localname != "opml":
        raise SettingError(str(path), "the file is no OPML")
    found = []
    for outline in root.iter("outline"):
        attributes = {str(name).lower(): str(value).strip() for name, value in outline.attrib.items()}
        url = web_url(attributes.get("xmlurl", ""))
        if url:
            name = attributes.get("title") or attributes.get("text") or ""
            found.append(
                Source(source_id=None, name=name, kind="feed", url=url, language=attributes.get("language") or None)
            )
    return tuple(found)


def write_opml(sources: Iterable[Source], now: datetime) -> bytes:
    """The feeds among the sources as an OPML document; other kinds have no place in it."""
    root = etree.Element("opml", version="2.0")
    head = etree.SubElement(root, "head")
    etree.SubElement(head, "title").text = "Dateline sources"
    etree.SubElement(head, "dateCreated").text = format_datetime(now)
    body = etree.SubElement(root, "body")
    for source in sources:
        if source.kind == "feed":
            outline = etree.SubElement(
                body, "outline", type="rss", text=source.name, title=source.name, xmlUrl=source.url
            )
            if source.language:
                outline.set("language", source.language)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True))
