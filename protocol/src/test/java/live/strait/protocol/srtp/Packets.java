package live.strait.protocol.srtp;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Random;

/// Packets and keys for the tests of SRTP, the same ones at each run.
final class Packets {
    /// Room before and behind each packet, so that an index that forgets the position is found out.
    private static final int LEAD_BYTES = 5;

    private static final int ROOM_BYTES = 64;

    private Packets() {}

    static SrtpKeys keys(SrtpProfile profile, int seed) {
        return new SrtpKeys(profile, random(seed, profile.keyBytes()), random(seed + 1000, profile.saltBytes()));
    }

    /// An RTP packet; without header extension when `extensionWords` is negative.
    static byte[] rtp(int ssrc, int sequence, int csrcs, int extensionWords, int payloadBytes) {
        int extensionBytes = extensionWords < 0 ? 0 : 4 + 4 * extensionWords;
        ByteBuffer packet = ByteBuffer.allocate(12 + 4 * csrcs + extensionBytes + payloadBytes);
        packet.put((byte) (0x80 | (extensionWords < 0 ? 0 : 0x10) | csrcs)).put((byte) 96);
        packet.putShort((short) sequence).putInt(sequence * 3000).putInt(ssrc);
        packet.put(random(1, 4 * csrcs));
        if (extensionWords >= 0) {
            packet.putShort((short) 0xbede).putShort((short) extensionWords).put(random(2, 4 * extensionWords));
        }
        packet.put(random(sequence, payloadBytes));
        return packet.array();
    }

    static byte[] rtcp(int ssrc, int sizeBytes) {
        ByteBuffer packet = ByteBuffer.allocate(sizeBytes);
        packet.put((byte) 0x80)
                .put((byte) 200)
                .putShort((short) (sizeBytes / 4 - 1))
                .putInt(ssrc);
        packet.put(random(sizeBytes, sizeBytes - 8));
        return packet.array();
    }

    static ByteBuffer buffer(byte[] packet, boolean direct) {
        int capacity = LEAD_BYTES + packet.length + ROOM_BYTES;
        ByteBuffer buffer = direct ? ByteBuffer.allocateDirect(capacity) : ByteBuffer.allocate(capacity);
        buffer.put(LEAD_BYTES, packet);
        return buffer.limit(LEAD_BYTES + packet.length).position(LEAD_BYTES);
    }

    static ByteBuffer buffer(byte[] packet) {
        return buffer(packet, false);
    }

    static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(buffer.position(), bytes);
        return bytes;
    }

    static byte[] hex(String text) {
        return HexFormat.of().parseHex(text.replaceAll("\\s", ""));
    }

    private static byte[] random(int seed, int sizeBytes) {
        byte[] bytes = new byte[sizeBytes];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }
}
