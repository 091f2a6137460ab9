package live.strait.protocol.sdp;

/// Reads the words of one line's value from left to right, and knows the line's number for the error.
///
/// Words are parted by one or more spaces; the grammar says one, peers differ.
final class ValueReader {
    private final int line;
    private final String subject;
    private final String text;
    private int at;

    /// Starts at the beginning of the value.
    ///
    /// @param subject what the line is called in an error, such as `a=rtpmap`
    ValueReader(int line, String subject, String text) {
        this.line = line;
        this.subject = subject;
        this.text = text;
    }

    String word(String what) throws SdpException {
        skipSpaces();
        int from = at;
        while (at < text.length() && text.charAt(at) != ' ') {
            at++;
        }
        if (at == from) {
            throw malformed("has no " + what);
        }
        return text.substring(from, at);
    }

    long number(String what, long least, long most) throws SdpException {
        return number(word(what), what, least, most);
    }

    /// Reads a decimal number that has been cut out of the line already.
    long number(String word, String what, long least, long most) throws SdpException {
        long value = decimal(word);
        if (value < least || value > most) {
            throw malformed("wants as " + what + " a number from " + least + " to " + most);
        }
        return value;
    }

    /// The value of up to 18 digits, or -1.
    private static long decimal(String word) {
        long value = 0;
        for (int i = 0; i < word.length(); i++) {
            int digit = word.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = 10 * value + digit;
        }
        return word.isEmpty() || word.length() > 18 ? -1 : value;
    }

    /// All that is left, without the spaces around it; empty at the end.
    String remainder() {
        String rest = text.substring(at).strip();
        at = text.length();
        return rest;
    }

    boolean atEnd() {
        skipSpaces();
        return at == text.length();
    }

    SdpException malformed(String predicate) {
        return new SdpException(line, subject + " " + predicate + ".");
    }

    private void skipSpaces() {
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
    }
}
