package dev.forebear.cli.console;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Rows under headings. On a terminal a thin line parts them; in plain output only space does. */
public final class Table {

    /** On which side a column is flush. */
    public enum Side {
        LEFT,
        RIGHT
    }

    private record Column(String heading, Side side) {}

    private static final String GAP = "  ";

    private final List<Column> columns = new ArrayList<>();
    private final List<List<String>> rows = new ArrayList<>();

    public Table column(String heading, Side side) {
        columns.add(new Column(heading, side));
        return this;
    }

    /** One cell for each column. */
    public Table row(String... cells) {
        if (cells.length != columns.size()) {
            throw new IllegalArgumentException("row: expected " + columns.size() + " cells, found " + cells.length);
        }
        rows.add(List.of(cells).stream()
                .map(cell -> Printable.of(cell.replace('\n', ' ')))
                .toList());
        return this;
    }

    public boolean isEmpty() {
        return rows.isEmpty();
    }

    String render(Console console) {
        int[] widths = IntStream.range(0, columns.size()).map(this::width).toArray();
        var lines = new ArrayList<String>();
        lines.add(console.styled(
                Style.FAINT, line(columns.stream().map(Column::heading).toList(), widths)));
        if (!console.isPlain()) {
            lines.add(console.styled(
                    Style.FAINT, IntStream.of(widths).mapToObj("─"::repeat).collect(Collectors.joining(GAP))));
        }
        rows.forEach(row -> lines.add(line(row, widths)));
        return String.join("\n", lines);
    }

    private int width(int column) {
        int heading = Printable.width(columns.get(column).heading());
        return Math.max(
                heading,
                rows.stream()
                        .mapToInt(row -> Printable.width(row.get(column)))
                        .max()
                        .orElse(0));
    }

    private String line(List<String> cells, int[] widths) {
        var line = new StringBuilder();
        for (int i = 0; i < cells.size(); i++) {
            String padding = " ".repeat(widths[i] - Printable.width(cells.get(i)));
            boolean right = columns.get(i).side() == Side.RIGHT;
            line.append(i == 0 ? "" : GAP)
                    .append(right ? padding : "")
                    .append(cells.get(i))
                    .append(right ? "" : padding);
        }
        return line.toString().stripTrailing();
    }
}
