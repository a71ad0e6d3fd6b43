"""DuckDB's extensions for a lake, from their wheels: nothing is downloaded, and DuckDB checks each signature."""

from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path

import duckdb
from duckdb import DuckDBPyConnection

from storage.errors import HomeError
from storage.queries import statement, with_path


def load(con: DuckDBPyConnection, *names: str) -> None:
    """Load extensions. Raises HomeError where one is not installed for this version of DuckDB."""
    for name in names:
        package, version = f"duckdb_extension_{name}", duckdb.__version__
        if find_spec(package) is None:
            raise HomeError(package, "a lake needs this package, and it is not installed")
        path = Path(str(files(package))) / "extensions" / f"v{version}" / f"{name}.duckdb_extension"
        if not path.exists():
            raise HomeError(str(path), f"the extension is not there for DuckDB {version}")
        con.execute(with_path(statement("load_extension"), str(path)))
