package live.strait.relay.lane;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Tells languages apart by their script, and the Latin ones by a few frequent words and letters.
///
/// Kana makes Japanese, Han without kana Chinese, and so on for scripts that one language of our shows has. Honest
/// about what it is: a Latin text in a language it has no words of is called English, and half a sentence may
/// fool it.
public final class ScriptDetector implements LanguageDetector {
    private static final String UNDETERMINED = "und";
    /// A letter that only one language of the table has says more than a word that others may share.
    private static final int LETTER_WEIGHT = 3;

    private static final List<Latin> LATIN = List.of(
            new Latin(
                    "en",
                    "",
                    "the is are you what how much do does can this that it of and to for when where show please will have"),
            new Latin(
                    "es",
                    "ñ¿¡",
                    "el la los las es qué que cuánto cuanto cómo como cuesta tiene para por una un de y en está este puede cuál dónde"),
            new Latin(
                    "pt",
                    "ãõ",
                    "o os as é que quanto custa como tem para por uma um de e em está este você pode qual onde não tamanho"),
            new Latin(
                    "vi",
                    "ăđơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ",
                    "bao nhiêu là có không cái này giá cho của và tôi mình shop"),
            new Latin(
                    "id",
                    "",
                    "apa berapa ini itu ada tidak bisa yang dan untuk harga saya kak dong gak nggak warna ukuran kapan di"));

    @Override
    public String detect(String text) {
        Map<Character.UnicodeScript, Integer> scripts = new HashMap<>();
        text.codePoints()
                .filter(Character::isLetter)
                .forEach(c -> scripts.merge(Character.UnicodeScript.of(c), 1, Integer::sum));
        if (scripts.containsKey(Character.UnicodeScript.HIRAGANA)
                || scripts.containsKey(Character.UnicodeScript.KATAKANA)) {
            return "ja";
        }
        return scripts.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(most -> ofScript(most.getKey(), text))
                .orElse(UNDETERMINED);
    }

    private static String ofScript(Character.UnicodeScript script, String text) {
        return switch (script) {
            case HAN, BOPOMOFO -> "zh";
            case THAI -> "th";
            case HANGUL -> "ko";
            case CYRILLIC -> "ru";
            case ARABIC -> "ar";
            case DEVANAGARI -> "hi";
            case LATIN -> latin(text.toLowerCase(Locale.ROOT));
            default -> UNDETERMINED;
        };
    }

    private static String latin(String text) {
        String[] words = NormalForm.of(text).split(" ", -1);
        Latin best = LATIN.getFirst();
        int bestScore = 0;
        for (Latin language : LATIN) {
            int score = language.score(text, words);
            if (score > bestScore) {
                best = language;
                bestScore = score;
            }
        }
        return best.code;
    }

    /// What gives one language away.
    private record Latin(String code, String letters, Set<String> words) {
        Latin(String code, String letters, String words) {
            this(code, letters, Set.of(words.split(" ")));
        }

        int score(String text, String[] asked) {
            int score = (int) text.chars().filter(c -> letters.indexOf(c) >= 0).count() * LETTER_WEIGHT;
            for (String word : asked) {
                score += words.contains(word) ? 1 : 0;
            }
            return score;
        }
    }
}
