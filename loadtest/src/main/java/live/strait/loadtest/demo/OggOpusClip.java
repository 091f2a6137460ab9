package live.strait.loadtest.demo;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Sound in memory: the Opus packets of an Ogg file (RFC 3533 section 6, RFC 7845).
///
/// ```
///  page:  "OggS" | version 8 | flags 8 | granule 64 | serial 32 | number 32 | checksum 32 |
///         segments 8 | lengths 8 each | data
/// ```
/// A packet ends at the first segment that is shorter than 255 bytes, maybe on a later page. The first two packets
/// are headers. Checksums are not looked at: the file is ours.
final class OggOpusClip {
    private static final byte[] CAPTURE = "OggS".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] OPUS_HEAD = "OpusHead".getBytes(StandardCharsets.US_ASCII);
    private static final int PAGE_HEADER_BYTES = 27;
    private static final int FULL_SEGMENT = 255;
    private static final int HEADER_PACKETS = 2;

    private final List<ByteBuffer> packets;

    private OggOpusClip(List<ByteBuffer> packets) {
        this.packets = packets;
    }

    static OggOpusClip parse(byte[] file) throws IOException {
        List<ByteBuffer> packets = new ArrayList<>();
        ByteArrayOutputStream packet = new ByteArrayOutputStream();
        int at = 0;
        while (at + PAGE_HEADER_BYTES <= file.length) {
            if (!startsWith(file, at, CAPTURE)) {
                throw new IOException("no Ogg page at byte " + at);
            }
            int segments = file[at + PAGE_HEADER_BYTES - 1] & 0xff;
            int lengths = at + PAGE_HEADER_BYTES;
            at = lengths + segments;
            for (int i = 0; i < segments; i++) {
                int length = at <= file.length ? file[lengths + i] & 0xff : 0;
                if (at + length > file.length) {
                    throw new IOException("the last Ogg page is cut off");
                }
                packet.write(file, at, length);
                at += length;
                if (length < FULL_SEGMENT) {
                    packets.add(ByteBuffer.wrap(packet.toByteArray()));
                    packet.reset();
                }
            }
        }
        if (packets.size() <= HEADER_PACKETS || !startsWith(packets.getFirst().array(), 0, OPUS_HEAD)) {
            throw new IOException("not an Ogg file with Opus");
        }
        return new OggOpusClip(List.copyOf(packets.subList(HEADER_PACKETS, packets.size())));
    }

    int packets() {
        return packets.size();
    }

    ByteBuffer packet(int index) {
        return packets.get(index);
    }

    private static boolean startsWith(byte[] bytes, int at, byte[] expected) {
        return at + expected.length <= bytes.length
                && Arrays.equals(bytes, at, at + expected.length, expected, 0, expected.length);
    }
}
