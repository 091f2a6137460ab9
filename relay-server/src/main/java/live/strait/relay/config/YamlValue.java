package live.strait.relay.config;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// A YAML document that still knows its lines, so that a mistake can be shown where it stands.
///
/// Scalars keep their text: what it means is the business of who reads the key. Lines count from 1.
sealed interface YamlValue {
    int line();

    record Scalar(int line, String text) implements YamlValue {}

    /// A key with nothing behind it, as when all below it is commented out.
    record Nothing(int line) implements YamlValue {}

    record Sequence(int line, List<YamlValue> entries) implements YamlValue {}

    /// Keys in the order of the file.
    record Mapping(int line, Map<String, Entry> entries) implements YamlValue {}

    /// A value and the line of its key.
    record Entry(int keyLine, YamlValue value) {}

    /// Parses the one document of a file; an empty file is an empty mapping.
    ///
    /// @param file for messages
    static YamlValue parse(String text, String file) throws ConfigException {
        try (YAMLParser parser = new YAMLFactory().createParser(text)) {
            if (parser.nextToken() == null) {
                return new Mapping(1, Map.of());
            }
            YamlValue document = value(parser, file, "");
            if (parser.nextToken() != null) {
                throw ConfigException.at(file, line(parser), "", "a second document; a configuration is one");
            }
            return document;
        } catch (JsonProcessingException e) {
            int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
            String problem = e.getOriginalMessage().lines().findFirst().orElse("it cannot be read");
            throw ConfigException.at(file, line, "", "not YAML: " + problem);
        } catch (IOException e) {
            throw ConfigException.at(file, 1, "", "it cannot be read: " + e.getMessage());
        }
    }

    private static YamlValue value(YAMLParser parser, String file, String key) throws IOException, ConfigException {
        int line = line(parser);
        if (parser.isCurrentAlias()) {
            throw ConfigException.at(file, line, key, "aliases (*name) are not taken here; write the value again");
        }
        return switch (parser.currentToken()) {
            case START_OBJECT -> mapping(parser, file, key, line);
            case START_ARRAY -> {
                List<YamlValue> entries = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    entries.add(value(parser, file, key + "[" + entries.size() + "]"));
                }
                yield new Sequence(line, entries);
            }
            case VALUE_NULL -> new Nothing(line);
            default -> new Scalar(line, parser.getText());
        };
    }

    private static Mapping mapping(YAMLParser parser, String file, String key, int line)
            throws IOException, ConfigException {
        Map<String, Entry> entries = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = Objects.requireNonNull(parser.currentName());
            int keyLine = line(parser);
            String path = key.isEmpty() ? name : key + "." + name;
            parser.nextToken();
            Entry before = entries.put(name, new Entry(keyLine, value(parser, file, path)));
            if (before != null) {
                throw ConfigException.at(
                        file, keyLine, path, "given twice; the first one is in line " + before.keyLine());
            }
        }
        return new Mapping(line, entries);
    }

    private static int line(JsonParser parser) {
        return parser.currentTokenLocation().getLineNr();
    }
}
