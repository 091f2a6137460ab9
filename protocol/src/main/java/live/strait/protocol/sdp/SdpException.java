package live.strait.protocol.sdp;

/// Text that is not SDP: the line where it stops being so, and why.
public final class SdpException extends Exception {
    private static final long serialVersionUID = 1;

    private final int line;

    SdpException(int line, String sentence) {
        super("Line " + line + ": " + sentence, null, false, false);
        this.line = line;
    }

    /// Counted from 1.
    public int line() {
        return line;
    }
}
