package live.strait.signaling.message;

import java.text.Normalizer;

/// Makes what somebody has typed into one line of plain text.
///
/// Markup stays as it was typed: pages show text as text. What goes is what would make a line show as something
/// else than it is: control characters and line breaks become spaces, half surrogates become U+FFFD, and the
/// controls that turn the direction of what follows (U+202A to U+202E, U+2066 to U+2069: "Trojan Source") are
/// dropped. Marks that only say a direction and joiners stay: Arabic, Hindi and many emoji need them. The rest is
/// NFC, with single spaces and none around.
final class PlainText {
    private PlainText() {}

    static String of(String typed) {
        StringBuilder line = new StringBuilder(typed.length());
        typed.codePoints().forEach(typedPoint -> {
            int point = shown(typedPoint);
            boolean isGap = point == ' ' && (line.isEmpty() || line.charAt(line.length() - 1) == ' ');
            if (point >= 0 && !isGap) {
                line.appendCodePoint(point);
            }
        });
        return Normalizer.normalize(line.toString().stripTrailing(), Normalizer.Form.NFC);
    }

    /// What stands for a character, or -1 for nothing.
    private static int shown(int point) {
        boolean turnsDirection = (point >= 0x202A && point <= 0x202E) || (point >= 0x2066 && point <= 0x2069);
        if (turnsDirection || point == 0xFEFF) {
            return -1;
        }
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SPACE_SEPARATOR -> ' ';
            case Character.SURROGATE -> 0xFFFD;
            default -> point;
        };
    }
}
