package live.strait.relay.config;

/// A configuration that cannot be used; the message is one line with file, line, key and what is wrong.
public final class ConfigException extends Exception {
    private static final long serialVersionUID = 1;

    ConfigException(String message) {
        super(message);
    }

    static ConfigException at(String file, int line, String key, String sentence) {
        return new ConfigException(file + ":" + line + ": " + (key.isEmpty() ? "" : key + ": ") + sentence);
    }
}
