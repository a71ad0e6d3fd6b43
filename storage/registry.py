"""The folder is the list: parts of one kind are the modules of their folder."""

from importlib.resources import files


def part_names(package: str, suffix: str = ".py") -> tuple[str, ...]:
    """Names of the parts in a package's folder, sorted; `contract` and names with a leading `_` are no parts."""
    stems = (entry.name.removesuffix(suffix) for entry in files(package).iterdir() if entry.name.endswith(suffix))
    return tuple(sorted(stem for stem in stems if not stem.startswith("_") and stem != "contract"))
