package live.strait.protocol.rtcp;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Names of sources (RFC 3550 section 6.5); streams of one peer share a CNAME, which is what lip sync goes by.
///
/// ```
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |V=2|P|    SC   |  PT=SDES=202  |             length            |
/// |                             SSRC                              |  chunk, SC of them,
/// |   type (1..)  |     length    | UTF-8 text                  ...  each ended by 1 to 4
/// |   type (1..)  |     length    | UTF-8 text  ...       0 0 0   |  zero bytes
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// ```
public record SourceDescription(List<Chunk> chunks) implements RtcpPacket {
    public static final int CNAME = 1;

    public SourceDescription {
        RtcpHeader.requireCount(chunks.size(), RtcpHeader.MAX_COUNT, "SDES chunks");
        chunks = List.copyOf(chunks);
    }

    /// The description that every compound of ours carries: one source and its canonical name.
    public static SourceDescription cname(int ssrc, String cname) {
        return new SourceDescription(List.of(new Chunk(ssrc, List.of(new Item(CNAME, cname)))));
    }

    /// What is said about one source.
    public record Chunk(int ssrc, List<Item> items) {
        public Chunk {
            items = List.copyOf(items);
        }

        /// The canonical name, or null when this chunk does not tell it.
        public @Nullable String cname() {
            for (Item item : items) {
                if (item.type == CNAME) {
                    return item.text;
                }
            }
            return null;
        }

        private int sizeBytes() {
            int size = Integer.BYTES;
            for (Item item : items) {
                size += 1 + Utf8Text.sizeBytes(item.text);
            }
            return (size + 4) & ~3;
        }
    }

    /// One item; the text takes at most 255 bytes of UTF-8.
    public record Item(int type, String text) {
        public Item {
            if (type < 1 || type > 255 || !Utf8Text.fits(text)) {
                throw new IllegalArgumentException("SDES item " + type + " of " + text.length() + " characters");
            }
        }
    }

    static @Nullable SourceDescription read(ByteBuffer body, int count) {
        List<Chunk> chunks = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            if (body.remaining() < 2 * Integer.BYTES) {
                return null;
            }
            int ssrc = body.getInt();
            List<Item> items = readItems(body);
            if (items == null) {
                return null;
            }
            chunks.add(new Chunk(ssrc, items));
        }
        return new SourceDescription(chunks);
    }

    /// Reads items up to the zero byte and its padding; null when the chunk is not closed.
    private static @Nullable List<Item> readItems(ByteBuffer body) {
        List<Item> items = new ArrayList<>(1);
        while (body.hasRemaining()) {
            int type = body.get() & 0xff;
            if (type == 0) {
                body.position(Math.min(body.limit(), (body.position() + 3) & ~3));
                return items;
            }
            String text = Utf8Text.read(body);
            if (text == null) {
                return null;
            }
            items.add(new Item(type, text));
        }
        return null;
    }

    @Override
    public int sizeBytes() {
        int size = RtcpHeader.SIZE;
        for (Chunk chunk : chunks) {
            size += chunk.sizeBytes();
        }
        return size;
    }

    @Override
    public void writeTo(ByteBuffer out) {
        RtcpHeader.write(out, chunks.size(), RtcpHeader.SOURCE_DESCRIPTION, sizeBytes());
        for (Chunk chunk : chunks) {
            int end = out.position() + chunk.sizeBytes();
            out.putInt(chunk.ssrc);
            for (Item item : chunk.items) {
                out.put((byte) item.type);
                Utf8Text.write(out, item.text);
            }
            while (out.position() < end) {
                out.put((byte) 0);
            }
        }
    }
}
