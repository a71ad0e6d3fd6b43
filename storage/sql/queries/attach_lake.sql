-- Open a lake under a name; what it needs is filled in.
ATTACH {path} AS {name} ($options); -- noqa: PRS
