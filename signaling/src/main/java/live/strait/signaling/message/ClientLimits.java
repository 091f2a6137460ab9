package live.strait.signaling.message;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Holds a client's message to what its fields may hold, and cleans its texts.
///
/// Lengths are code points of the cleaned text: a character outside the basic plane is one character.
final class ClientLimits {
    static final int QUESTION = 280;
    static final int INTERRUPT = 140;
    static final int ANSWER = 280;
    static final int REASON = 140;
    static final int NAME = 40;
    static final int TITLE = 120;
    static final int PRICE = 40;
    static final int URL = 1024;
    static final int WORD = 40;
    static final int WORDS = 200;

    /// A day: more is not slow but shut.
    static final int SLOWEST_SECONDS = 86_400;

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final Pattern LANGUAGE = Pattern.compile("[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8}){0,6}");
    private static final Pattern WEB_ADDRESS = Pattern.compile("https?://[^\\s\\p{Cntrl}]+");

    private final @Nullable String id;

    /// @param id of the message, for the answer
    ClientLimits(@Nullable String id) {
        this.id = id;
    }

    /// Whether it is of the form of the names that clients and nodes give to items, pages and people.
    static boolean isId(String value) {
        return ID.matcher(value).matches();
    }

    /// The message as everybody else may see it.
    ClientMessage apply(ClientMessage message) throws LaneException {
        return switch (message) {
            case ClientMessage.Hello hello -> hello(hello);
            case ClientMessage.Clock clock -> new ClientMessage.Clock(time("t0Ms", clock.t0Millis()));
            case ClientMessage.Question asked ->
                new ClientMessage.Question(
                        id("id", asked.id()), text("text", asked.text(), QUESTION), time("atMs", asked.atMillis()));
            case ClientMessage.Interrupt asked ->
                new ClientMessage.Interrupt(
                        id("id", asked.id()),
                        time("atMs", asked.atMillis()),
                        optional("text", asked.text(), INTERRUPT));
            case ClientMessage.Seen seen ->
                new ClientMessage.Seen(seen.item(), time("atMs", seen.atMillis()), seen.hidden());
            case ClientMessage.Answer answer ->
                new ClientMessage.Answer(answer.item(), optional("text", answer.text(), ANSWER));
            case ClientMessage.Dismiss dismissed ->
                new ClientMessage.Dismiss(dismissed.item(), optional("reason", dismissed.reason(), REASON));
            case ClientMessage.HandOn handed -> {
                id("to", handed.to());
                yield handed;
            }
            case ClientMessage.StageAccept accepted -> {
                id("invite", accepted.invite());
                yield accepted;
            }
            case ClientMessage.StageLeave(@Nullable String viewer) -> {
                if (viewer != null) {
                    id("viewer", viewer);
                }
                yield message;
            }
            case ClientMessage.ProductShow(@Nullable Product product) ->
                new ClientMessage.ProductShow(product == null ? null : product(product));
            case ClientMessage.ProductClick clicked ->
                new ClientMessage.ProductClick(text("product", clicked.product(), NAME));
            case ClientMessage.Rules rules -> rules(rules);
            case ClientMessage.Mute mute -> {
                id("viewer", mute.viewer());
                yield mute;
            }
            case ClientMessage.Ban ban -> {
                id("viewer", ban.viewer());
                yield ban;
            }
            case ClientMessage.Reaction _, ClientMessage.Pin _, ClientMessage.StageInvite _ -> message;
        };
    }

    private ClientMessage hello(ClientMessage.Hello hello) throws LaneException {
        String language = hello.language();
        return new ClientMessage.Hello(
                hello.v(),
                id("client", hello.client()),
                hello.token(),
                hello.device(),
                hello.role(),
                optional("name", hello.name(), NAME),
                language == null || LANGUAGE.matcher(language).matches() ? language : null);
    }

    private Product product(Product product) throws LaneException {
        return new Product(
                text("product.id", product.id(), NAME),
                text("product.title", product.title(), TITLE),
                optional("product.price", product.price(), PRICE),
                address("product.url", product.url()),
                address("product.image", product.image()));
    }

    private ClientMessage rules(ClientMessage.Rules rules) throws LaneException {
        atMost("slowModeSeconds", rules.slowModeSeconds(), SLOWEST_SECONDS);
        atMost("interruptsPerMinute", rules.interruptsPerMinute(), Integer.MAX_VALUE);
        atMost("maxGuests", rules.maxGuests(), Integer.MAX_VALUE);
        return rules.blockedWords() == null
                ? rules
                : new ClientMessage.Rules(
                        rules.slowModeSeconds(),
                        rules.interruptsPerMinute(),
                        rules.interruptsOff(),
                        words(rules.blockedWords()),
                        rules.maxGuests());
    }

    private List<String> words(List<String> typed) throws LaneException {
        List<String> words = typed.stream()
                .map(PlainText::of)
                .filter(word -> !word.isEmpty())
                .distinct()
                .toList();
        if (words.size() > WORDS) {
            throw tooLarge("blockedWords", WORDS + " words");
        }
        for (String word : words) {
            if (length(word) > WORD) {
                throw tooLarge("blockedWords", WORD + " characters each");
            }
        }
        return words;
    }

    private String id(String field, String value) throws LaneException {
        if (!isId(value)) {
            throw malformed("The field '" + field + "' has 1 to 64 of the letters A-Z and a-z, digits, '_' and '-'.");
        }
        return value;
    }

    /// A number too large for a double is read as infinite.
    private double time(String field, double millis) throws LaneException {
        if (!Double.isFinite(millis)) {
            throw malformed("The field '" + field + "' is a time in milliseconds.");
        }
        return millis;
    }

    private String text(String field, String typed, int longest) throws LaneException {
        String text = optional(field, typed, longest);
        if (text == null) {
            throw malformed("The field '" + field + "' is empty.");
        }
        return text;
    }

    /// A text, or null for one that is missing or holds nothing to be read.
    private @Nullable String optional(String field, @Nullable String typed, int longest) throws LaneException {
        String text = typed == null ? "" : PlainText.of(typed);
        if (length(text) > longest) {
            throw tooLarge(field, longest + " characters");
        }
        return text.isEmpty() ? null : text;
    }

    /// An address of the web: a link that runs a script is none.
    private @Nullable String address(String field, @Nullable String value) throws LaneException {
        if (value == null || value.isBlank()) {
            return null;
        }
        if (value.length() > URL) {
            throw tooLarge(field, URL + " characters");
        }
        if (!WEB_ADDRESS.matcher(value).matches()) {
            throw malformed("The field '" + field + "' is an address that begins with https:// or http://.");
        }
        return value;
    }

    private void atMost(String field, @Nullable Integer value, int most) throws LaneException {
        if (value != null && (value < 0 || value > most)) {
            throw malformed("The field '" + field + "' is a number from 0 to " + most + ".");
        }
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    private LaneException malformed(String sentence) {
        return new LaneException(LaneError.MALFORMED, sentence, id);
    }

    private LaneException tooLarge(String field, String most) {
        return new LaneException(LaneError.TOO_LARGE, "The field '" + field + "' has at most " + most + ".", id);
    }
}
