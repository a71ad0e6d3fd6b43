"""Croissant metadata of an export, so that data-set tools find and load its tables. https://docs.mlcommons.org/croissant/docs/croissant-spec.html (1.0)"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Final

FILE: Final = "croissant.json"
CONFORMS_TO: Final = "http://mlcommons.org/croissant/1.0"
TYPES: Final = {
    "integer": "sc:Integer", "number": "sc:Float", "boolean": "sc:Boolean", "date": "sc:Date", "datetime": "sc:DateTime", "string": "sc:Text",
}  # fmt: skip
CONTEXT: Final = {
    "@language": "en", "@vocab": "https://schema.org/", "citeAs": "cr:citeAs", "column": "cr:column",
    "conformsTo": "dct:conformsTo", "cr": "http://mlcommons.org/croissant/", "equivalentProperty": "cr:equivalentProperty", "rai": "http://mlcommons.org/croissant/RAI/",
    "samplingRate": "cr:samplingRate",
    "data": {"@id": "cr:data", "@type": "@json"}, "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/", "examples": {"@id": "cr:examples", "@type": "@json"}, "extract": "cr:extract",
    "field": "cr:field", "fileProperty": "cr:fileProperty", "fileObject": "cr:fileObject", "fileSet": "cr:fileSet",
    "format": "cr:format", "includes": "cr:includes", "isLiveDataset": "cr:isLiveDataset", "jsonPath": "cr:jsonPath",
    "key": "cr:key", "md5": "cr:md5", "parentField": "cr:parentField", "path": "cr:path", "recordSet": "cr:recordSet",
    "references": "cr:references", "regex": "cr:regex", "repeated": "cr:repeated", "replace": "cr:replace", "sc": "https://schema.org/",
    "separator": "cr:separator", "source": "cr:source", "subField": "cr:subField", "transform": "cr:transform",
}  # fmt: skip


def write_croissant(folder: Path, resources: Sequence[Mapping[str, Any]], now: datetime) -> None:
    """Describe the files of an export: each with its hash, and a record set for each table with rows. Nested columns are left to the
    tables themselves. Raises OSError."""
    filled = [resource for resource in resources if "schema" in resource]
    metadata = {
        "@context": CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": CONFORMS_TO,
        "name": "dateline",
        "description": "News articles, and what was extracted from them: each row with its offsets in a stored text.",
        "url": f"urn:dateline:export:{now:%Y%m%dT%H%M%SZ}",
        "citeAs": f"Dateline, export of {now:%Y-%m-%d}. The texts belong to their publishers.",
        "datePublished": now.isoformat(),
        "version": "1.0.0",
        "distribution": [_file(folder, name, one) for one in filled for name in files_of(one)],
        "recordSet": [_records(name, number, one) for one in filled for number, name in enumerate(files_of(one))],
    }
    (folder / FILE).write_text(json.dumps(metadata, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def files_of(resource: Mapping[str, Any]) -> list[str]:
    """The files of a table."""
    return [resource["path"], *resource.get("extrapaths", ())]


def _file(folder: Path, name: str, resource: Mapping[str, Any]) -> dict[str, Any]:
    path = folder / name
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    media = "application/x-parquet" if resource["format"] == "parquet" else resource["mediatype"]
    return {
        "@type": "cr:FileObject",
        "@id": name,
        "name": name,
        "contentUrl": name,
        "contentSize": f"{path.stat().st_size} B",
        "encodingFormat": media,
        "sha256": digest,
    }


def _records(name: str, number: int, resource: Mapping[str, Any]) -> dict[str, Any]:
    identity = resource["name"] if number == 0 else f"{resource['name']}-{number + 1}"
    fields = [
        {
            "@type": "cr:Field",
            "@id": f"{identity}/{field['name']}",
            "name": field["name"],
            "description": field["description"],
            "dataType": TYPES[field["type"]],
            "source": {"fileObject": {"@id": name}, "extract": {"column": field["name"]}},
        }
        for field in resource["schema"]["fields"]
        if field["type"] in TYPES
    ]
    return {
        "@type": "cr:RecordSet",
        "@id": identity,
        "name": identity,
        "description": resource["description"],
        "field": fields,
    }
