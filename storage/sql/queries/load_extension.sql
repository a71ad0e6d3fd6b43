-- Load an extension from a file; DuckDB checks its signature.
LOAD {path}; -- noqa: PRS
