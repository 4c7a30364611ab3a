"""Figures, as a table for people and as rows for programs."""

HEAD = ("benchmark", "what", "a second", "CPU µs", "p50 ms", "p99 ms",
        "failed", "ratio", "to")


class Table:
    def __init__(self):
        self.rows = []

    def add(self, name, figure):
        self.rows.append({"benchmark": name, **figure})

    def print(self):
        lines = [HEAD] + [self.cells(row) for row in self.rows]
        widths = [max(len(line[i]) for line in lines)
                  for i in range(len(HEAD))]
        for line in lines:
            print("  ".join(cell.ljust(width) if i in (0, 1, 8)
                            else cell.rjust(width)
                            for i, (cell, width)
                            in enumerate(zip(line, widths))).rstrip())
        print()

    @staticmethod
    def cells(row):
        def number(key, digits):
            value = row.get(key)
            return "" if value is None else f"{value:,.{digits}f}"
        return (row["benchmark"], row["what"], number("rate", 0),
                number("cpu_us", 1), number("p50_ms", 2),
                number("p99_ms", 2), f"{row['failed']:,}"
                if row.get("failed") else "", number("ratio", 2),
                row.get("to") or "")
