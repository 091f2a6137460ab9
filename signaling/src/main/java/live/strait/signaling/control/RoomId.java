package live.strait.signaling.control;

import java.util.regex.Pattern;

/// Names a room: 1 to 64 of letters, digits, `_`, `-` and `.`, so that it stands in a URL as it is.
public record RoomId(String value) {
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_.-]{1,64}");

    public RoomId {
        if (!isValid(value)) {
            throw new IllegalArgumentException("a room name has 1 to 64 letters, digits, '_', '-' or '.'");
        }
    }

    public static boolean isValid(String value) {
        return FORM.matcher(value).matches();
    }

    @Override
    public String toString() {
        return value;
    }
}
