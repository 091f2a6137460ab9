package live.strait.relay.lane;

/// Port: which language a short text is in. What is built in is [ScriptDetector].
public interface LanguageDetector {

    /// A BCP 47 primary language, `und` when there is nothing to go by.
    String detect(String text);
}
