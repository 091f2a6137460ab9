package live.strait.loadtest.demo;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/// A video in memory, read from the IVF container.
///
/// ```
///  file:   "DKIF" | version 16 | header bytes 16 | fourcc 32 | width 16 | height 16 |
///          rate 32 | scale 32 | frames 32 | 0 32
///  frame:  bytes 32 | timestamp 64 | data
/// ```
/// All little endian. Frames are taken to follow each other at rate/scale, whatever their timestamps say.
final class IvfClip {
    private static final int SIGNATURE = 0x46494b44; // "DKIF"
    private static final int VP8 = 0x30385056; // "VP80"
    private static final int LEAST_HEADER_BYTES = 32;
    private static final int FRAME_HEADER_BYTES = 12;
    private static final int INTER_FRAME = 1;

    private final double framesPerSecond;
    private final List<ByteBuffer> frames;

    private IvfClip(double framesPerSecond, List<ByteBuffer> frames) {
        this.framesPerSecond = framesPerSecond;
        this.frames = frames;
    }

    static IvfClip parse(byte[] file) throws IOException {
        ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        if (file.length < LEAST_HEADER_BYTES || in.getInt(0) != SIGNATURE || in.getInt(8) != VP8) {
            throw new IOException("not an IVF file with VP8");
        }
        int headerBytes = in.getShort(6) & 0xffff;
        double framesPerSecond = (double) in.getInt(16) / in.getInt(20);
        if (headerBytes < LEAST_HEADER_BYTES || headerBytes > file.length || !(framesPerSecond > 0)) {
            throw new IOException("the IVF header is damaged");
        }
        List<ByteBuffer> frames = new ArrayList<>();
        int at = headerBytes;
        while (at + FRAME_HEADER_BYTES <= file.length) {
            int bytes = in.getInt(at);
            at += FRAME_HEADER_BYTES;
            if (bytes <= 0 || bytes > file.length - at) {
                throw new IOException("frame " + frames.size() + " of the IVF file is cut off");
            }
            frames.add(in.slice(at, bytes));
            at += bytes;
        }
        if (frames.isEmpty() || !isKeyFrame(frames.getFirst())) {
            throw new IOException("the IVF file does not begin with a key frame");
        }
        return new IvfClip(framesPerSecond, frames);
    }

    double framesPerSecond() {
        return framesPerSecond;
    }

    int frames() {
        return frames.size();
    }

    ByteBuffer frame(int index) {
        return frames.get(index);
    }

    long bitrateBps() {
        long bytes = frames.stream().mapToLong(ByteBuffer::remaining).sum();
        return (long) (bytes * 8 * framesPerSecond / frames.size());
    }

    /// The lowest bit of a VP8 frame tag is 0 (RFC 6386 section 9.1).
    static boolean isKeyFrame(ByteBuffer frame) {
        return (frame.get(frame.position()) & INTER_FRAME) == 0;
    }
}
