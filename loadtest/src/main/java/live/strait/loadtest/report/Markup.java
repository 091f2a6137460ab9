package live.strait.loadtest.report;

import java.io.StringWriter;
import java.util.Locale;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/// Elements and text as XML, which is also how HTML may be written: always closed, always escaped.
///
/// Values that are numbers are written with one digit behind the point, which is finer than a screen.
final class Markup {
    private final StringWriter text = new StringWriter();
    private final XMLStreamWriter writer;

    Markup() {
        try {
            writer = XMLOutputFactory.newFactory().createXMLStreamWriter(text);
        } catch (XMLStreamException e) {
            throw new IllegalStateException("every JDK writes XML", e);
        }
    }

    /// Begins an element.
    ///
    /// @param attributes names and values in turn
    Markup open(String name, Object... attributes) {
        return write(() -> {
            writer.writeStartElement(name);
            writeAttributes(attributes);
        });
    }

    /// More attributes of the element that was just begun.
    Markup with(Object... attributes) {
        return write(() -> writeAttributes(attributes));
    }

    Markup close() {
        return write(writer::writeEndElement);
    }

    /// An element without content.
    Markup empty(String name, Object... attributes) {
        return write(() -> {
            writer.writeEmptyElement(name);
            writeAttributes(attributes);
        });
    }

    /// An element with text alone.
    Markup element(String name, String content, Object... attributes) {
        return open(name, attributes).text(content).close();
    }

    Markup text(String content) {
        return write(() -> writer.writeCharacters(content));
    }

    /// All that was written.
    @Override
    public String toString() {
        write(writer::flush);
        return text.toString();
    }

    private void writeAttributes(Object... attributes) throws XMLStreamException {
        for (int i = 0; i < attributes.length; i += 2) {
            Object value = attributes[i + 1];
            String written =
                    value instanceof Double number ? String.format(Locale.ROOT, "%.1f", number) : value.toString();
            writer.writeAttribute(attributes[i].toString(), written);
        }
    }

    private Markup write(Step step) {
        try {
            step.write();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("a string takes everything", e);
        }
        return this;
    }

    private interface Step {
        void write() throws XMLStreamException;
    }
}
