package live.strait.relay.config;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Reads a YAML file into a record, and what the file leaves out from the defaults of its [Setting]s.
///
/// Component types: `String`, `int`, `boolean`, `Path` (against the folder of the file), `InetAddress` (a literal:
/// no name is looked up), enums (by their `toString`, in any case), records, and lists of those. What a record
/// refuses in its constructor by an [IllegalArgumentException] is reported at the line where its keys begin.
public final class ConfigReader {
    private final String file;
    private final Path folder;

    private ConfigReader(String file, Path folder) {
        this.file = file;
        this.folder = folder;
    }

    /// Reads `file`.
    ///
    /// @throws ConfigException when it is not there, or for the first mistake in it
    public static <T extends Record> T read(Class<T> type, Path file) throws ConfigException {
        try {
            return parse(type, Files.readString(file), file);
        } catch (NoSuchFileException _) {
            throw new ConfigException(file + ": there is no such file; strait serve --print-config prints one");
        } catch (IOException e) {
            throw new ConfigException(file + ": it cannot be read: " + e.getMessage());
        }
    }

    /// Reads the text of `file`, which need not exist.
    public static <T extends Record> T parse(Class<T> type, String text, Path file) throws ConfigException {
        Path folder = Objects.requireNonNullElse(file.toAbsolutePath().getParent(), Path.of(""));
        ConfigReader reader = new ConfigReader(String.valueOf(file.getFileName()), folder);
        return type.cast(reader.section(type, YamlValue.parse(text, reader.file), ""));
    }

    /// What an empty file means.
    public static <T extends Record> T defaults(Class<T> type) {
        try {
            return parse(type, "", Path.of("defaults"));
        } catch (ConfigException e) {
            throw new IllegalStateException("the defaults of " + type.getSimpleName() + " contradict each other", e);
        }
    }

    private Record section(Class<?> type, YamlValue value, String path) throws ConfigException {
        YamlValue.Mapping mapping =
                switch (value) {
                    case YamlValue.Mapping given -> given;
                    case YamlValue.Nothing nothing -> new YamlValue.Mapping(nothing.line(), Map.of());
                    case YamlValue.Scalar _, YamlValue.Sequence _ ->
                        throw wrong(value, path, "takes keys below it: " + keys(type));
                };
        RecordComponent[] components = type.getRecordComponents();
        for (var entry : mapping.entries().entrySet()) {
            if (Arrays.stream(components).noneMatch(known -> known.getName().equals(entry.getKey()))) {
                throw ConfigException.at(
                        file,
                        entry.getValue().keyLine(),
                        join(path, entry.getKey()),
                        "there is no such key; here may stand " + keys(type));
            }
        }
        @Nullable Object[] arguments = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            YamlValue.Entry given = mapping.entries().get(components[i].getName());
            YamlValue found = given == null ? new YamlValue.Nothing(mapping.line()) : given.value();
            arguments[i] = component(components[i], found, join(path, components[i].getName()));
        }
        return construct(type, components, arguments, value, path);
    }

    private @Nullable Object component(RecordComponent component, YamlValue value, String path) throws ConfigException {
        if (component.getType().isRecord()) {
            return section(component.getType(), value, path);
        }
        Setting setting = setting(component);
        if (component.getType() == List.class) {
            Type of = ((ParameterizedType) component.getGenericType()).getActualTypeArguments()[0];
            return list((Class<?>) of, setting, value, path);
        }
        if (value instanceof YamlValue.Nothing nothing) {
            if (setting.byDefault().equals(Setting.REQUIRED)) {
                throw wrong(nothing, path, "has to be given (" + setting.unit() + ")");
            }
            return setting.byDefault().isEmpty()
                    ? null
                    : leaf(
                            component.getType(),
                            setting,
                            new YamlValue.Scalar(nothing.line(), setting.byDefault()),
                            path);
        }
        return leaf(component.getType(), setting, value, path);
    }

    private List<Object> list(Class<?> of, Setting setting, YamlValue value, String path) throws ConfigException {
        List<YamlValue> entries =
                switch (value) {
                    case YamlValue.Sequence sequence -> sequence.entries();
                    case YamlValue.Nothing _ -> List.of();
                    case YamlValue.Scalar _, YamlValue.Mapping _ ->
                        throw wrong(value, path, "takes a list: [a, b], or a line '- ...' for each");
                };
        List<Object> read = new ArrayList<>();
        for (YamlValue entry : entries) {
            String at = path + "[" + read.size() + "]";
            read.add(of.isRecord() ? section(of, entry, at) : leaf(of, setting, entry, at));
        }
        return List.copyOf(read);
    }

    private Object leaf(Class<?> type, Setting setting, YamlValue value, String path) throws ConfigException {
        if (!(value instanceof YamlValue.Scalar(var _, String text))) {
            throw wrong(value, path, "takes one value (" + setting.unit() + ")");
        }
        if (type == String.class) {
            return text;
        }
        if (type == int.class) {
            return number(setting, value, text, path);
        }
        if (type == boolean.class) {
            return switch (text) {
                case "true" -> true;
                case "false" -> false;
                default -> throw wrong(value, path, "takes true or false, not " + text);
            };
        }
        if (type == Path.class) {
            return folder.resolve(text);
        }
        if (type == InetAddress.class) {
            try {
                return InetAddress.ofLiteral(text);
            } catch (IllegalArgumentException _) {
                throw wrong(value, path, "takes an IP address, not " + text);
            }
        }
        Object[] constants = type.getEnumConstants();
        if (constants == null) {
            throw new IllegalArgumentException("no reader for " + type + " at " + path);
        }
        return Arrays.stream(constants)
                .filter(constant -> constant.toString().equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(() -> wrong(
                        value,
                        path,
                        "takes "
                                + Arrays.stream(constants).map(Object::toString).collect(Collectors.joining(", "))
                                + ", not " + text));
    }

    private int number(Setting setting, YamlValue value, String text, String path) throws ConfigException {
        try {
            int number = Integer.parseInt(text);
            if (number >= setting.min() && number <= setting.max()) {
                return number;
            }
        } catch (NumberFormatException _) {
            // told below, as it is for a number out of range
        }
        String range = setting.max() == Integer.MAX_VALUE
                ? setting.min() + " or more"
                : setting.min() + " to " + setting.max();
        throw wrong(value, path, "takes a number, " + range + " (" + setting.unit() + "), not " + text);
    }

    private Record construct(
            Class<?> type, RecordComponent[] components, @Nullable Object[] arguments, YamlValue value, String path)
            throws ConfigException {
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(types);
            return (Record) constructor.newInstance(arguments);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof IllegalArgumentException refusal) {
                throw wrong(value, path, String.valueOf(refusal.getMessage()));
            }
            throw new IllegalStateException("cannot make " + type, e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot make " + type, e);
        }
    }

    private ConfigException wrong(YamlValue value, String path, String sentence) {
        return ConfigException.at(file, value.line(), path, sentence);
    }

    static Setting setting(RecordComponent component) {
        return Objects.requireNonNull(
                component.getAnnotation(Setting.class), () -> component + " needs a default, a unit and a sentence");
    }

    private static String keys(Class<?> type) {
        return Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getName)
                .collect(Collectors.joining(", "));
    }

    private static String join(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
