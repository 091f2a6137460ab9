package live.strait.signaling.session;

import java.util.List;
import live.strait.protocol.sdp.Attribute;
import live.strait.protocol.sdp.MediaDescription;
import live.strait.protocol.sdp.PlainAttribute;
import live.strait.signaling.control.SctpParameters;
import org.jspecify.annotations.Nullable;

/// The line of data channels (RFC 8841), in today's form and in the one of the drafts before it.
///
/// ```
/// m=application 9 UDP/DTLS/SCTP webrtc-datachannel      m=application 9 DTLS/SCTP 5000
/// a=sctp-port:5000                                      a=sctpmap:5000 webrtc-datachannel 1024
/// a=max-message-size:262144
/// ```
final class DataChannelLine {
    static final String PROTOCOL = "UDP/DTLS/SCTP";
    private static final String FORMAT = "webrtc-datachannel";
    private static final String OLD_PROTOCOL = "DTLS/SCTP";

    /// Streams each way, in the old form only.
    private static final int STREAMS = 1024;

    private DataChannelLine() {}

    /// The end of the association that a line describes, or null for a line of anything else, and for port 0, which
    /// says that there is none (RFC 8841 section 5.1).
    static @Nullable SctpParameters read(MediaDescription section) {
        String format = section.formats().isEmpty() ? "" : section.formats().getFirst();
        if (!section.media().equals("application") || !section.protocol().endsWith(OLD_PROTOCOL)) {
            return null;
        }
        String port;
        if (section.protocol().equals(OLD_PROTOCOL)) {
            port = format;
        } else if (format.equals(FORMAT)) {
            port = section.attributes().value("sctp-port");
        } else {
            return null;
        }
        long number = number(port, SctpParameters.USUAL_PORT);
        long largest =
                number(section.attributes().value("max-message-size"), SctpParameters.DEFAULT_MAX_MESSAGE_SIZE_BYTES);
        return number < 1 || number > 65_535 || largest < 0 ? null : new SctpParameters((int) number, largest);
    }

    /// The format of a line with our end, of a protocol's form.
    static String format(String protocol) {
        return protocol.equals(OLD_PROTOCOL) ? String.valueOf(SctpParameters.OURS.port()) : FORMAT;
    }

    /// What a line of a protocol's form says of our end.
    static List<Attribute> attributes(String protocol) {
        SctpParameters ours = SctpParameters.OURS;
        Attribute port = protocol.equals(OLD_PROTOCOL)
                ? new PlainAttribute("sctpmap", ours.port() + " " + FORMAT + " " + STREAMS)
                : new PlainAttribute("sctp-port", String.valueOf(ours.port()));
        return List.of(port, new PlainAttribute("max-message-size", String.valueOf(ours.maxMessageSizeBytes())));
    }

    /// A decimal number; `fallback` where nothing is said, -1 where it is none.
    private static long number(@Nullable String text, long fallback) {
        if (text == null) {
            return fallback;
        }
        String digits = text.strip();
        return digits.matches("[0-9]{1,18}") ? Long.parseLong(digits) : -1;
    }
}
