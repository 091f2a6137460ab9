package live.strait.relay.journal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/// How entries stand in a file: a magic, then one frame for each.
///
/// ```
///  0                   4                   8                        8 + length
/// +-------------------+-------------------+------------------------+
/// | length, bytes     | CRC-32C of JSON   | JSON, UTF-8            |
/// +-------------------+-------------------+------------------------+
/// ```
///
/// Numbers are big-endian. Reading ends at the first frame that is not whole: a crash tears the tail, and nothing
/// behind a torn frame was promised to anybody.
final class Frames {
    /// The last byte is the version of all that follows.
    private static final byte[] MAGIC = "STRAITJ1".getBytes(StandardCharsets.US_ASCII);

    private static final int HEADER_BYTES = 8;
    /// Far more than a message of 4 KiB becomes: a length beyond it is noise.
    private static final int MOST_BYTES = 1 << 20;

    private Frames() {}

    static ByteBuffer magic() {
        return ByteBuffer.wrap(MAGIC.clone());
    }

    /// All frames of a batch, ready to be written.
    static ByteBuffer of(List<JournalEntry> entries) {
        List<byte[]> texts = entries.stream().map(JournalJson::write).toList();
        ByteBuffer frames = ByteBuffer.allocate(
                texts.stream().mapToInt(text -> HEADER_BYTES + text.length).sum());
        for (byte[] text : texts) {
            frames.putInt(text.length).putInt(checksum(text, 0, text.length)).put(text);
        }
        return frames.flip();
    }

    static Content read(byte[] file) {
        List<JournalEntry> entries = new ArrayList<>();
        if (file.length < MAGIC.length || !java.util.Arrays.equals(MAGIC, 0, MAGIC.length, file, 0, MAGIC.length)) {
            return new Content(entries, 0, file.length);
        }
        ByteBuffer frames = ByteBuffer.wrap(file);
        int whole = MAGIC.length;
        int unknown = 0;
        while (file.length - whole >= HEADER_BYTES) {
            int length = frames.getInt(whole);
            int from = whole + HEADER_BYTES;
            if (length <= 0
                    || length > MOST_BYTES
                    || length > file.length - from
                    || frames.getInt(whole + 4) != checksum(file, from, length)) {
                break;
            }
            JournalEntry entry = JournalJson.read(file, from, length);
            if (entry == null) {
                unknown++;
            } else {
                entries.add(entry);
            }
            whole = from + length;
        }
        return new Content(entries, unknown, file.length - whole);
    }

    private static int checksum(byte[] bytes, int from, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, from, length);
        return (int) crc.getValue();
    }

    /// What a file holds.
    ///
    /// @param unknown whole frames that this version has no entry for
    /// @param tornBytes at the end, after the last whole frame
    record Content(List<JournalEntry> entries, int unknown, int tornBytes) {
        boolean isEmpty() {
            return entries.isEmpty() && unknown == 0 && tornBytes == 0;
        }
    }
}
