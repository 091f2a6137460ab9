package live.strait.loadtest.stamp;

/// What a stamped packet carries.
public enum PayloadKind {
    SOUND(0),
    /// A part of a frame that refers to others.
    DELTA_FRAME(1),
    /// A part of a frame that stands for itself: it is the largest, so the last of its packets wait the longest.
    KEY_FRAME(2);

    /// As it stands in a stamp.
    final int code;

    PayloadKind(int code) {
        this.code = code;
    }

    /// That of a frame of video.
    public static PayloadKind ofFrame(boolean keyFrame) {
        return keyFrame ? KEY_FRAME : DELTA_FRAME;
    }

    static PayloadKind of(int code) {
        return code == KEY_FRAME.code ? KEY_FRAME : code == DELTA_FRAME.code ? DELTA_FRAME : SOUND;
    }
}
