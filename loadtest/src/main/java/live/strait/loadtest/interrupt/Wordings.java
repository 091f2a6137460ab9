package live.strait.loadtest.interrupt;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What is asked: eight languages, a number that tells one question from another, and several ways to write each.
final class Wordings {
    private static final List<Language> LANGUAGES = List.of(
            new Language("en", "What does number %d cost with shipping"),
            new Language("zh", "%d号产品包邮多少钱"),
            new Language("es", "¿Cuánto cuesta el número %d con envío"),
            new Language("pt", "Quanto custa o número %d com o frete"),
            new Language("id", "Berapa harga nomor %d dengan ongkos kirim"),
            new Language("th", "หมายเลข %d ราคารวมค่าส่งเท่าไหร่"),
            new Language("vi", "Số %d giá bao nhiêu kể cả phí vận chuyển"),
            new Language("ja", "%d番は送料込みでいくらですか"));
    /// What people put behind a question, and what makes no other question of it.
    private static final List<String> ENDINGS = List.of("?", "??", " ?!", "");

    private static final Pattern NUMBER = Pattern.compile("\\d+");

    private Wordings() {}

    private record Language(String tag, String pattern) {}

    /// The language of a topic, a tag of BCP 47.
    static String language(int topic) {
        return LANGUAGES.get(topic % LANGUAGES.size()).tag();
    }

    /// One of the ways to ask it.
    static String question(int topic, int way) {
        String pattern = LANGUAGES.get(topic % LANGUAGES.size()).pattern();
        return pattern.replace("%d", String.valueOf(topic)) + ENDINGS.get(way % ENDINGS.size());
    }

    static String interrupt(int number) {
        return "May I? " + number;
    }

    /// The number in a text of ours, -1 for a text of somebody else.
    static int number(String text) {
        Matcher number = NUMBER.matcher(text);
        return number.find() ? Integer.parseInt(number.group()) : -1;
    }
}
