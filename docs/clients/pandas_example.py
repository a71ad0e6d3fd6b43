"""Who was quoted most, as a pandas DataFrame: `python pandas_example.py data/news.duckdb`."""

import sys

import duckdb
import pandas as pd


def quoted_most(path: str) -> pd.DataFrame:
    """Speakers by number of quotes."""
    with duckdb.connect(path, read_only=True) as con:
        quotes = con.sql("SELECT speaker, words, published_at FROM who_said_what WHERE speaker IS NOT NULL").df()
    counted = quotes.groupby("speaker", as_index=False).agg(quotes=("words", "count"), last=("published_at", "max"))
    return counted.sort_values(["quotes", "speaker"], ascending=[False, True]).reset_index(drop=True)


if __name__ == "__main__":
    print(quoted_most(sys.argv[1]).head(10))
