package live.strait.protocol.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class PacketPathAllocationTest {
    private static final int PACKETS = 20_000;

    private final RtpView view = new RtpView();
    private final RtpHeaderWriter writer = new RtpHeaderWriter();
    private final FrameInfo frame = new FrameInfo();
    private final PictureIdMapper pictureIds = new PictureIdMapper();
    private final RtpTimestampMapper timestamps = new RtpTimestampMapper(90_000);
    private final DependencyDescriptor descriptor = new DependencyDescriptor();
    private final ByteBuffer out = ByteBuffer.allocateDirect(1500);

    @Test
    void aForwardedPacketAllocatesNothing() {
        ByteBuffer in = Hex.packet(
                "90 60 0001 00000002 00000003", "bede 0002 31 abcd 42 c10172 0000", "90 f0 8123 45 20 50 9d012a");
        pictureIds.switchTo(1);
        timestamps.switchTo(1);
        for (int i = 0; i < 1000; i++) {
            forward(in, i);
        }
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 1000; i < 1000 + PACKETS; i++) {
            forward(in, i);
        }
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertThat(allocated / PACKETS).as("bytes a packet").isZero();
    }

    private void forward(ByteBuffer in, int number) {
        assertThatIsTrue(view.wrap(in));
        assertThatIsTrue(VideoPayload.peek(VideoCodec.VP8, view, frame));
        frame.pictureId = number & 0x7fff;
        assertThatIsTrue(pictureIds.map(1, frame));
        assertThatIsTrue(view.findExtension(4));
        descriptor.read(in, view.extensionOffset(), view.extensionLength());
        out.clear();
        long timestamp = timestamps.map(1, view.timestamp() + number * 3000L, number * 33_000_000L);
        writer.begin(out, 96, view.marker(), number, timestamp, 7);
        writer.extensionInt16(3, number);
        writer.extensionInt24(15, number);
        writer.extension(4, in, view.extensionOffset(), view.extensionLength());
        writer.end();
        int payloadAt = out.position();
        out.put(payloadAt, in, view.payloadOffset(), view.payloadLength());
        Vp8Descriptor.rewrite(out, payloadAt, pictureIds.pictureId(), pictureIds.tl0PicIdx());
    }

    /// AssertJ would allocate.
    private static void assertThatIsTrue(boolean condition) {
        if (!condition) {
            throw new AssertionError("the packet was refused");
        }
    }
}
