"""Places by number of articles, as a Polars DataFrame: `python polars_example.py data/news.duckdb`."""

import sys

import duckdb
import polars as pl


def places(path: str) -> pl.DataFrame:
    """Places on the map with the number of texts that name them."""
    with duckdb.connect(path, read_only=True) as con:
        named = con.sql(
            "SELECT name, country_iso3, lat, lon, version_id FROM places WHERE geonames_id IS NOT NULL"
        ).pl()
    grouped = named.group_by("name", "country_iso3").agg(
        pl.col("version_id").n_unique().alias("texts"), pl.col("lat").first(), pl.col("lon").first()
    )
    return grouped.sort(["texts", "name"], descending=[True, False])


if __name__ == "__main__":
    print(places(sys.argv[1]).head(10))
