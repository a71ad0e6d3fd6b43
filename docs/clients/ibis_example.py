"""Numbers about a word, with Ibis: `python ibis_example.py data/news.duckdb water`. Ibis writes the SQL, DuckDB runs it."""

import sys

import ibis
import pandas as pd


def numbers(path: str, word: str) -> pd.DataFrame:
    """Quantities of texts whose headline has the word, with their value, unit and words."""
    con = ibis.duckdb.connect(path, read_only=True)
    quantities, texts = con.table("quantities"), con.table("current_versions")
    about = texts.filter(texts.title.lower().contains(word.lower()))
    joined = quantities.join(about, "version_id").select("title", "exact", "value", "unit", "published_at")
    return joined.filter(joined.value.notnull()).order_by(["title", "exact"]).to_pandas()


if __name__ == "__main__":
    print(numbers(sys.argv[1], sys.argv[2]).head(10))
