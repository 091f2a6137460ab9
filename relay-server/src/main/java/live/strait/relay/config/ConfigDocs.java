package live.strait.relay.config;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Writes down what a configuration may hold: as a commented YAML file of the defaults, and as Markdown.
public final class ConfigDocs {
    private final StringBuilder out = new StringBuilder();

    private ConfigDocs() {}

    /// A file with every key at its default; reading it gives the defaults again.
    public static String yaml(Class<? extends Record> type) {
        ConfigDocs docs = new ConfigDocs();
        docs.yaml(type, "");
        return docs.out.toString();
    }

    /// A table of every key for each section.
    public static String markdown(Class<? extends Record> type) {
        ConfigDocs docs = new ConfigDocs();
        docs.sections(type, "");
        return docs.out.toString();
    }

    private void yaml(Class<?> type, String indent) {
        for (RecordComponent component : type.getRecordComponents()) {
            String name = component.getName();
            if (component.getType().isRecord()) {
                out.append(indent).append("# ").append(section(component)).append('\n');
                out.append(indent).append(name).append(":\n");
                yaml(component.getType(), indent + "  ");
                continue;
            }
            Setting setting = ConfigReader.setting(component);
            out.append(indent).append("# ").append(setting.doc());
            out.append(" (").append(setting.unit()).append(")\n");
            out.append(indent).append(name).append(':');
            Class<?> entry = entry(component);
            if (entry != null) {
                out.append(" []\n");
                if (entry.isRecord()) {
                    yamlEntry(entry, indent);
                }
            } else {
                out.append(setting.byDefault().isEmpty() ? "" : " ")
                        .append(setting.byDefault())
                        .append('\n');
            }
        }
    }

    /// The keys of one entry of a list, as a comment.
    private void yamlEntry(Class<?> entry, String indent) {
        String bullet = "- ";
        for (RecordComponent component : entry.getRecordComponents()) {
            Setting setting = ConfigReader.setting(component);
            out.append(indent)
                    .append("#   ")
                    .append(bullet)
                    .append(component.getName())
                    .append(": ");
            out.append(setting.byDefault().equals(Setting.REQUIRED) ? "" : setting.byDefault());
            out.append("  # ")
                    .append(setting.doc())
                    .append(" (")
                    .append(setting.unit())
                    .append(")\n");
            bullet = "  ";
        }
    }

    private void sections(Class<?> type, String path) {
        table(type, path);
        for (RecordComponent component : type.getRecordComponents()) {
            String below = path + component.getName();
            Class<?> entry = entry(component);
            if (component.getType().isRecord()) {
                out.append("\n## `")
                        .append(below)
                        .append("`\n\n")
                        .append(section(component))
                        .append('\n');
                sections(component.getType(), below + ".");
            } else if (entry != null && entry.isRecord()) {
                out.append("\n## `").append(below).append("[]`\n\n");
                out.append("Each entry of the list has these keys.\n");
                sections(entry, below + "[].");
            }
        }
    }

    private void table(Class<?> type, String path) {
        boolean begun = false;
        for (RecordComponent component : type.getRecordComponents()) {
            if (component.getType().isRecord()) {
                continue;
            }
            if (!begun) {
                out.append("\n| key | default | unit or values | |\n|---|---|---|---|\n");
                begun = true;
            }
            Setting setting = ConfigReader.setting(component);
            out.append("| `").append(path).append(component.getName()).append("` | ");
            out.append(shown(component, setting)).append(" | ");
            out.append(setting.unit()).append(" | ").append(setting.doc()).append(" |\n");
        }
    }

    private static String shown(RecordComponent component, Setting setting) {
        if (setting.byDefault().equals(Setting.REQUIRED)) {
            return "required";
        }
        if (component.getType() == List.class) {
            return "`[]`";
        }
        return setting.byDefault().isEmpty() ? "none" : "`" + setting.byDefault() + "`";
    }

    private static String section(RecordComponent component) {
        return Objects.requireNonNull(
                        component.getAnnotation(Setting.Section.class), () -> component + " needs a sentence")
                .value();
    }

    /// What a list holds, null for what is no list.
    private static @Nullable Class<?> entry(RecordComponent component) {
        return component.getGenericType() instanceof ParameterizedType list
                ? (Class<?>) list.getActualTypeArguments()[0]
                : null;
    }
}
