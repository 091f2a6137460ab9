package live.strait.protocol.sdp;

import java.util.ArrayList;
import java.util.List;

/// The streams of one source side by side: `a=simulcast:send q;h,~x;f recv 1` (RFC 8853 section 5.1).
///
/// @param send streams that the writer sends, in its order
/// @param receive streams that the writer wants to receive
public record Simulcast(List<Stream> send, List<Stream> receive) implements Attribute {

    public Simulcast {
        send = List.copyOf(send);
        receive = List.copyOf(receive);
    }

    /// One stream, described by rids of which any one may be used, the most wanted first.
    public record Stream(List<Alternative> alternatives) {
        public Stream {
            alternatives = List.copyOf(alternatives);
        }

        private String text() {
            return String.join(",", alternatives.stream().map(Alternative::text).toList());
        }
    }

    /// A rid that may describe a stream.
    ///
    /// @param paused true for `~`: not sent at first
    public record Alternative(String rid, boolean paused) {
        private String text() {
            return paused ? "~" + rid : rid;
        }
    }

    static Simulcast read(ValueReader in) throws SdpException {
        List<Stream> send = List.of();
        List<Stream> receive = List.of();
        do {
            String direction = in.word("direction");
            List<Stream> streams = streams(in);
            if (direction.equals("send") && send.isEmpty()) {
                send = streams;
            } else if (direction.equals("recv") && receive.isEmpty()) {
                receive = streams;
            } else {
                throw in.malformed("takes send and recv, each once");
            }
        } while (!in.atEnd());
        return new Simulcast(send, receive);
    }

    private static List<Stream> streams(ValueReader in) throws SdpException {
        List<Stream> streams = new ArrayList<>();
        for (String stream : in.word("list of streams").split(";", -1)) {
            List<Alternative> alternatives = new ArrayList<>();
            for (String word : stream.split(",", -1)) {
                boolean paused = word.startsWith("~");
                String rid = paused ? word.substring(1) : word;
                if (!Rid.isId(rid)) {
                    throw in.malformed("takes rids with ';' or ',' between them");
                }
                alternatives.add(new Alternative(rid, paused));
            }
            streams.add(new Stream(alternatives));
        }
        return streams;
    }

    @Override
    public String attributeName() {
        return "simulcast";
    }

    @Override
    public String attributeValue() {
        return (text("send ", send) + " " + text("recv ", receive)).strip();
    }

    private static String text(String direction, List<Stream> streams) {
        return streams.isEmpty()
                ? ""
                : direction
                        + String.join(";", streams.stream().map(Stream::text).toList());
    }
}
