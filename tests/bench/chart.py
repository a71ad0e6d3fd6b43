"""A chart of bars as SVG, for pages of the documentation."""

from collections.abc import Mapping
from html import escape

WIDTH, LEFT, HEIGHT = 820, 330, 30


def bars(title: str, values: Mapping[str, float]) -> str:
    """One bar a value, in order."""
    most = max(values.values())
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT * (len(values) + 1) + 10}" font-family="sans-serif" font-size="13">',
        f'<rect width="100%" height="100%" fill="#fff"/><text x="8" y="20" font-weight="bold">{escape(title)}</text>',
    ]
    for number, (name, value) in enumerate(values.items(), 1):
        top, width = number * HEIGHT + 6, (WIDTH - LEFT - 60) * value / most
        color = "#1f6f6b" if name == "Dateline" else "#b9c4c4"
        lines.append(
            f'<text x="{LEFT - 8}" y="{top + 15}" text-anchor="end">{escape(name)}</text>'
            f'<rect x="{LEFT}" y="{top}" width="{width:.1f}" height="{HEIGHT - 8}" fill="{color}"/>'
            f'<text x="{LEFT + width + 6:.1f}" y="{top + 15}">{value:.1f}</text>'
        )
    return "\n".join([*lines, "</svg>", ""])
