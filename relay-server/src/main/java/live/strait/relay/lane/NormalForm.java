package live.strait.relay.lane;

import java.text.Normalizer;
import java.util.Locale;

/// The form in which like texts are equal: what merges questions and finds blocked words.
///
/// NFKC (Unicode Annex 15), lower case; punctuation, spaces and invisible characters become one space between words
/// and none elsewhere, also none between letters of scripts that write without spaces; a symbol that is repeated
/// (emoji) stands once. Nothing of it is shown to anybody.
final class NormalForm {
    private static final int VARIATION_SELECTOR_16 = 0xFE0F;

    private NormalForm() {}

    /// The normal form of a text; of one that has nothing but punctuation, the text itself without outer spaces.
    static String of(String text) {
        String folded = Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        StringBuilder form = new StringBuilder(folded.length());
        boolean gap = false;
        int last = -1;
        for (int i = 0; i < folded.length(); i += Character.charCount(folded.codePointAt(i))) {
            int c = folded.codePointAt(i);
            if (isInvisible(c)) {
                continue;
            }
            if (isSeparator(c)) {
                gap = true;
                continue;
            }
            if (c == last && isSymbol(c)) {
                gap = false;
                continue;
            }
            if (gap && last >= 0 && !(isUnspaced(last) && isUnspaced(c))) {
                form.append(' ');
            }
            gap = false;
            form.appendCodePoint(c);
            last = c;
        }
        return form.isEmpty() ? folded.strip() : form.toString();
    }

    /// Whether a normal form has the word or phrase, as words of its own, or anywhere in a script without spaces.
    static boolean contains(String form, String word) {
        if (word.isEmpty()) {
            return false;
        }
        return word.codePoints().anyMatch(NormalForm::isUnspaced)
                ? form.contains(word)
                : (" " + form + " ").contains(" " + word + " ");
    }

    private static boolean isInvisible(int c) {
        return c == VARIATION_SELECTOR_16 || Character.getType(c) == Character.FORMAT;
    }

    private static boolean isSeparator(int c) {
        return switch (Character.getType(c)) {
            case Character.CONNECTOR_PUNCTUATION,
                    Character.DASH_PUNCTUATION,
                    Character.START_PUNCTUATION,
                    Character.END_PUNCTUATION,
                    Character.INITIAL_QUOTE_PUNCTUATION,
                    Character.FINAL_QUOTE_PUNCTUATION,
                    Character.OTHER_PUNCTUATION,
                    Character.SPACE_SEPARATOR,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.CONTROL -> true;
            default -> false;
        };
    }

    private static boolean isSymbol(int c) {
        return switch (Character.getType(c)) {
            case Character.OTHER_SYMBOL, Character.MODIFIER_SYMBOL, Character.MATH_SYMBOL -> true;
            default -> false;
        };
    }

    private static boolean isUnspaced(int c) {
        return switch (Character.UnicodeScript.of(c)) {
            case HAN, HIRAGANA, KATAKANA, BOPOMOFO, THAI, LAO, KHMER, MYANMAR -> true;
            default -> false;
        };
    }
}
