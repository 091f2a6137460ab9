package live.strait.protocol.dtls;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/// Cuts the handshake messages of a flight into small fragments, one per record and datagram, as GStreamer does at 256
/// bytes, and shuffles them. Plaintext records carry no authentication: only their numbers have to be given anew.
final class Refragmenter {
    private final int fragmentBytes;
    private final Random random;
    private final long[] nextSequence = new long[2];
    int mostFragments;

    Refragmenter(int fragmentBytes, long seed) {
        this.fragmentBytes = fragmentBytes;
        this.random = new Random(seed);
    }

    List<byte[]> cut(boolean fromClient, byte[] flight) {
        List<byte[]> pieces = new ArrayList<>();
        ByteBuffer records = ByteBuffer.wrap(flight);
        while (records.hasRemaining()) {
            int at = records.position();
            byte[] record = new byte[13 + Short.toUnsignedInt(records.getShort(at + 11))];
            records.get(record);
            boolean plain = ByteBuffer.wrap(record).getShort(3) == 0;
            if (plain && record[0] == 22) {
                cutMessages(fromClient, record, pieces);
            } else {
                pieces.add(plain ? numbered(fromClient, record) : record);
            }
        }
        mostFragments = Math.max(mostFragments, pieces.size());
        Collections.shuffle(pieces, random);
        return pieces;
    }

    private void cutMessages(boolean fromClient, byte[] record, List<byte[]> into) {
        ByteBuffer bytes = ByteBuffer.wrap(record);
        for (int at = 13; at < record.length; ) {
            int offset = bytes.getInt(at + 5) & 0xffffff;
            int length = bytes.getInt(at + 8) & 0xffffff;
            for (int from = 0; from == 0 || from < length; from += fragmentBytes) {
                int taken = Math.min(fragmentBytes, length - from);
                ByteArrayOutputStream piece = new ByteArrayOutputStream();
                piece.write(record, 0, 11);
                piece.writeBytes(new byte[] {(byte) ((taken + 12) >> 8), (byte) (taken + 12)});
                piece.write(record, at, 6);
                piece.writeBytes(uint24(offset + from));
                piece.writeBytes(uint24(taken));
                piece.write(record, at + 12 + from, taken);
                into.add(numbered(fromClient, piece.toByteArray()));
            }
            at += 12 + length;
        }
    }

    private byte[] numbered(boolean fromClient, byte[] record) {
        long sequence = nextSequence[fromClient ? 1 : 0]++;
        ByteBuffer.wrap(record).putShort(5, (short) (sequence >> 32)).putInt(7, (int) sequence);
        return record;
    }

    private static byte[] uint24(int value) {
        return new byte[] {(byte) (value >> 16), (byte) (value >> 8), (byte) value};
    }
}
