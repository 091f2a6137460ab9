package live.strait.loadtest.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import live.strait.loadtest.report.Line.Point;
import live.strait.loadtest.report.Page.Fact;
import live.strait.loadtest.report.Plot.Band;
import live.strait.loadtest.report.Plot.Mark;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class PageWriterTest {
    private static final String HOSTILE = "a<b>&\"'</script><script>alert(1)</script>";

    private static final Table NONE = new Table("", List.of(), List.of());

    @TempDir
    private Path directory;

    @Test
    void whatIsSaidStandsOnThePageAsItWasSaid() throws Exception {
        Table table = new Table(HOSTILE, List.of("what", HOSTILE), List.of(List.of(HOSTILE, "1 < 2")));
        Page page = new Page(
                HOSTILE,
                "lead & more",
                List.of("warning <1>"),
                List.of(new Fact("Command", HOSTILE)),
                table,
                List.of(plot(line(HOSTILE, 1, 2))),
                List.of(new Table("others", List.of("what"), List.of(List.of("row")))));
        Document document = parse(PageWriter.html(page));
        assertThat(texts(document, "h1")).containsExactly(HOSTILE);
        assertThat(texts(document, "p")).containsExactly("lead & more", "warning <1>");
        assertThat(texts(document, "dd")).containsExactly(HOSTILE);
        assertThat(texts(document, "caption")).containsExactly(HOSTILE, "others");
        assertThat(texts(document, "th")).containsExactly("what", HOSTILE, HOSTILE, "what", "row");
        assertThat(texts(document, "td")).containsExactly("1 < 2");
        assertThat(texts(document, "text")).contains(HOSTILE);
        assertThat(document.getElementsByTagName("script").getLength()).isZero();
    }

    @Test
    void aPageNeedsNothingButItself() throws Exception {
        Path file = PageWriter.write(
                new Page("t", "", List.of(), List.of(), NONE, List.of(plot(line("a", 1, 2))), List.of()),
                directory.resolve("not/there/yet"));
        assertThat(file).hasFileName("index.html");
        String html = Files.readString(file);
        assertThat(html).startsWith("<!DOCTYPE html>");
        assertThat(html.replace("http://www.w3.org/2000/svg", ""))
                .doesNotContain("http:", "https:", "//", "src=", "<link", "@import", "url(");
        assertThat(html).contains("prefers-color-scheme: dark");
    }

    @Test
    void stylesAreWrittenAsTheyAre() throws Exception {
        for (String name : List.of("plot.css", "page.css")) {
            try (var in = PageWriter.class.getResourceAsStream(name)) {
                assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                        .doesNotContain("<", ">", "&");
            }
        }
    }

    @Test
    void eachLineOfAPlotIsDrawnAndNamedAndSoAreItsAxes() throws Exception {
        Document document = parse(page(plot(line("p99", 4, 8, 2), line("p50", 1, 2, 1))));
        assertThat(paths(document)).hasSize(2).allSatisfy(path -> assertThat(path)
                .matches("M[^M]*"));
        assertThat(texts(document, "text"))
                .contains("Delay", "p99", "p50", "delay, ms", "seconds", "0", "2", "4", "6", "8");
        assertThat(texts(document, "title"))
                .contains("seconds: 1\np99: 8\np50: 2")
                .as("one place for each x, and the page's own")
                .hasSize(4);
    }

    @Test
    void whatIsNoNumberMakesAGap() throws Exception {
        Document document = parse(page(plot(line("p99", 4, Double.NaN, 2, 3))));
        assertThat(paths(document)).singleElement().satisfies(path -> {
            assertThat(path).doesNotContain("NaN");
            assertThat(path.chars().filter(letter -> letter == 'M').count()).isEqualTo(2);
        });
    }

    @Test
    void largerValuesStandHigherAndLaterOnesFurtherRight() throws Exception {
        Document document = parse(page(plot(line("p99", 1, 9))));
        NodeList dots = document.getElementsByTagName("circle");
        assertThat(dots.getLength()).isEqualTo(2);
        Element first = (Element) dots.item(0);
        Element second = (Element) dots.item(1);
        assertThat(number(second, "cx")).isGreaterThan(number(first, "cx"));
        assertThat(number(second, "cy")).isLessThan(number(first, "cy"));
    }

    @Test
    void limitsAndBandsAreDrawnAndNamed() throws Exception {
        Plot plot = plot(line("p99", 4, 8, 2))
                .withBands("measured", List.of(new Band(0, 1)))
                .withMarks(List.of(new Mark(true, 1, "held by 800"), new Mark(false, 5, "5 ms")));
        Document document = parse(page(plot));
        assertThat(texts(document, "text")).contains("measured", "held by 800", "5 ms");
        assertThat(PageWriter.html(new Page("", "", List.of(), List.of(), NONE, List.of(plot), List.of())))
                .contains("class=\"band\"", "class=\"mark\"");
    }

    @Test
    void aFigureHasAllPlotsAndItsOwnColours() throws Exception {
        Path file = directory.resolve("growth.svg");
        PageWriter.writeFigure(List.of(plot(line("a", 1)), plot(line("b", 2))), file);
        Document document = parse(Files.readString(file));
        assertThat(document.getDocumentElement().getTagName()).isEqualTo("svg");
        assertThat(texts(document, "text")).contains("a", "b");
        assertThat(texts(document, "style").getFirst()).contains("prefers-color-scheme: dark");
    }

    private static Plot plot(Line... lines) {
        List<Line> all = List.of(lines);
        return Plot.of("Delay", "", Axis.upTo("seconds", 3), Axis.fromZero("delay, ms", all), all);
    }

    private static Line line(String name, double... values) {
        return new Line(
                name,
                IntStream.range(0, values.length)
                        .mapToObj(x -> new Point(x, values[x]))
                        .toList());
    }

    private static String page(Plot plot) throws IOException {
        return PageWriter.html(new Page("", "", List.of(), List.of(), NONE, List.of(plot), List.of()));
    }

    private static Document parse(String text) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
        return factory.newDocumentBuilder().parse(new InputSource(new StringReader(text)));
    }

    private static List<String> texts(Document document, String name) {
        NodeList elements = document.getElementsByTagName(name);
        return IntStream.range(0, elements.getLength())
                .mapToObj(i -> elements.item(i).getTextContent())
                .toList();
    }

    private static List<String> paths(Document document) {
        NodeList elements = document.getElementsByTagName("path");
        List<String> paths = new ArrayList<>();
        for (int i = 0; i < elements.getLength(); i++) {
            paths.add(((Element) elements.item(i)).getAttribute("d"));
        }
        return paths;
    }

    private static double number(Element element, String attribute) {
        return Double.parseDouble(element.getAttribute(attribute));
    }
}
