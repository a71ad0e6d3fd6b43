-- All tables with their rows, views and macros, packed densely.
COPY FROM DATABASE {source} TO {target}; -- noqa: PRS
