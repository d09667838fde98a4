"""The minutes as one HTML file for printing: A4 across, a page each, nothing to load."""

from __future__ import annotations

from html import escape

from opsdata.reports.minutes import Cell, Chart, Minutes, Series, Slide, Table

HTML_TYPE = "text/html"

_STYLE = """
@page { size: A4 landscape; margin: 12mm; }
body { font: 13px/1.5 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', system-ui, sans-serif;
  color: #1b2330; margin: 0 auto; max-width: 273mm; }
section { break-after: page; padding: 4mm 0; }
section:last-child { break-after: auto; }
h1 { font-size: 20px; margin: 0 0 6mm; } h2 { font-size: 13px; color: #566; margin: 0; }
.frozen { color: #566; font-size: 11px; } .figures { display: flex; gap: 8mm; margin: 0 0 6mm; }
.figures b { display: block; font-size: 26px; font-variant-numeric: tabular-nums; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { text-align: left; padding: 4px 10px 4px 0; border-bottom: 1px solid #dde; }
svg { width: 100%; height: 58mm; } svg text { font-size: 11px; fill: #1b2330; }
"""
_COLOURS = ("#3b76f6", "#e08a00", "#12a594")
_WIDE, _HIGH = 900, 220


def to_html(minutes: Minutes) -> bytes:
    """Return the minutes as a page that prints as it looks."""
    lang = {"zh": "zh-CN"}.get(minutes.lang, minutes.lang)
    name = escape(minutes.name)
    foot = f"{minutes.name} · {minutes.frozen}"
    body = "".join(_section(one, foot) for one in minutes.slides)
    return (
        f'<!doctype html><html lang="{lang}"><head><meta charset="utf-8"><title>{name}</title>'
        f"<style>{_STYLE}</style></head><body>{body}</body></html>"
    ).encode()


def _section(one: Slide, foot: str) -> str:
    figures = "".join(
        f"<div>{escape(figure.name)}<b{_value(figure.cell)}>{escape(figure.cell.text)}</b>"
        f"{escape(figure.beside)}</div>"
        for figure in one.figures
    )
    parts = [
        f"<h2>{escape(one.title)}</h2><h1>{escape(one.answer)}</h1>",
        f'<div class="figures">{figures}</div>' if figures else "",
        _chart(one.chart) if one.chart else "",
        _table(one.table) if one.table else "",
        *(f"<p>{escape(remark)}</p>" for remark in (*one.remarks, *one.earlier)),
        f'<p class="frozen">{escape(foot)}</p>',
    ]
    return f'<section id="{escape(one.key)}">{"".join(parts)}</section>'


def _value(cell: Cell) -> str:
    """Return the exact value of a cell as an attribute."""
    return "" if cell.value is None else f' data-value="{cell.value!r}"'


def _table(table: Table) -> str:
    head = "".join(f"<th>{escape(name)}</th>" for name in table.header)
    rows = "".join(
        "<tr>" + "".join(f"<td{_value(cell)}>{escape(cell.text)}</td>" for cell in row) + "</tr>"
        for row in table.rows
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def _chart(one: Chart) -> str:
    """Return a chart as a drawing; its numbers stand in the table or at its marks."""
    known = [v for series in one.series for v in series.values if v is not None] or [0.0]
    low, high = min(*known, 0.0), max(*known, 0.0)
    span = (high - low) or 1.0
    if one.kind == "bar":
        drawn = _bars(one, low, span)
    else:
        drawn = "".join(_line(series, i, low, span) for i, series in enumerate(one.series))
    title = escape(one.title)
    return (
        f'<svg viewBox="0 0 {_WIDE} {_HIGH}" role="img" aria-label="{title}">'
        f'<text x="0" y="12">{title}</text>{drawn}</svg>'
    )


def _bars(one: Chart, low: float, span: float) -> str:
    step = (_HIGH - 24) / max(len(one.categories), 1)
    scale = (_WIDE - 400) / span
    zero = 300 - low * scale
    drawn = []
    for at, (name, value) in enumerate(zip(one.categories, one.series[0].values, strict=True)):
        left, wide = zero + min(value or 0.0, 0.0) * scale, abs(value or 0.0) * scale
        y = 24 + at * step
        drawn.append(
            f'<text x="0" y="{y + step * 0.6:.1f}">{escape(name)}</text>'
            f'<rect x="{left:.1f}" y="{y:.1f}" width="{wide:.1f}" height="{step * 0.7:.1f}" '
            f'fill="{_COLOURS[(value or 0.0) < 0]}" data-value="{value!r}"/>'
        )
    return "".join(drawn)


def _line(series: Series, i: int, low: float, span: float) -> str:
    n = max(len(series.values) - 1, 1)
    points = [
        f"{40 + at * (_WIDE - 240) / n:.1f},{_HIGH - 20 - (v - low) / span * (_HIGH - 60):.1f}"
        for at, v in enumerate(series.values)
        if v is not None
    ]
    if not points:
        return ""
    colour, values = _COLOURS[i % len(_COLOURS)], " ".join(repr(v) for v in series.values)
    return (
        f'<polyline points="{" ".join(points)}" fill="none" stroke="{colour}" stroke-width="2" '
        f'data-values="{values}"/>'
        f'<text x="{_WIDE - 180}" y="{30 + 16 * i}" style="fill:{colour}">'
        f"{escape(series.name)}</text>"
    )
