package live.strait.loadtest.report;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Writes a page as one HTML file, and plots as one SVG file for documents.
public final class PageWriter {
    private static final String FILE = "index.html";
    /// Around each plot of a figure.
    private static final int MARGIN = 20;

    private PageWriter() {}

    /// Writes `index.html` into a directory, which is made where it is missing.
    ///
    /// @return the file
    public static Path write(Page page, Path directory) throws IOException {
        Files.createDirectories(directory);
        return Files.writeString(directory.resolve(FILE), html(page));
    }

    /// Writes plots in two columns.
    public static void writeFigure(List<Plot> plots, Path file) throws IOException {
        int column = PlotWriter.WIDTH + MARGIN;
        int row = PlotWriter.HEIGHT + MARGIN;
        int width = 2 * column + MARGIN;
        int height = Math.ceilDiv(plots.size(), 2) * row + MARGIN;
        Markup out = new Markup();
        out.open("svg", "xmlns", "http://www.w3.org/2000/svg")
                .with("viewBox", "0 0 " + width + " " + height)
                .with("width", width, "height", height);
        out.element("style", style("plot.css"));
        out.empty("rect", "class", "paper", "width", width, "height", height);
        for (int i = 0; i < plots.size(); i++) {
            PlotWriter.write(out, plots.get(i), MARGIN + i % 2 * column, MARGIN + i / 2 * row);
        }
        out.close();
        Files.writeString(file, out + "\n");
    }

    static String html(Page page) throws IOException {
        Markup out = new Markup();
        out.open("html", "lang", "en").open("head");
        out.empty("meta", "charset", "utf-8");
        out.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
        out.empty("meta", "name", "color-scheme", "content", "light dark");
        out.element("title", page.title());
        out.element("style", style("plot.css") + style("page.css"));
        out.close().open("body").open("main");
        out.element("h1", page.title()).element("p", page.lead(), "class", "lead");
        page.warnings().forEach(warning -> out.element("p", warning, "class", "warning", "role", "note"));
        out.open("dl");
        page.facts().forEach(fact -> out.open("div")
                .element("dt", fact.name())
                .element("dd", fact.value())
                .close());
        out.close().open("section", "class", "headline");
        write(out, page.headline());
        out.close().open("section", "class", "plots");
        for (Plot plot : page.plots()) {
            out.open("figure");
            PlotWriter.write(out, plot, 0, 0);
            if (!plot.note().isEmpty()) {
                out.element("figcaption", plot.note());
            }
            out.close();
        }
        out.close().open("section", "class", "tables");
        page.tables().forEach(table -> write(out, table));
        out.close().close().close().close();
        return "<!DOCTYPE html>\n" + out + "\n";
    }

    private static void write(Markup out, Table table) {
        out.open("div", "class", "table").open("table").element("caption", table.title());
        out.open("thead").open("tr");
        table.head().forEach(column -> out.element("th", column, "scope", "col"));
        out.close().close().open("tbody");
        for (List<String> row : table.rows()) {
            out.open("tr").element("th", row.getFirst(), "scope", "row");
            row.stream().skip(1).forEach(value -> out.element("td", value));
            out.close();
        }
        out.close().close().close();
    }

    /// It holds none of the characters that XML escapes and HTML would not read back in a style.
    private static String style(String name) throws IOException {
        try (InputStream in = PageWriter.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IOException("the style " + name + " is missing from the build");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
