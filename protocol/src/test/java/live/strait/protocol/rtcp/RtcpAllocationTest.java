package live.strait.protocol.rtcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/// The books are kept once per RTP packet: that must not make garbage.
class RtcpAllocationTest {
    private static final int PACKETS = 200_000;

    @Test
    void bookkeepingPerPacketAllocatesNothing() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        NackRequester nack = new NackRequester(NackOptions.DEFAULT);
        ReceptionStatistics reception = new ReceptionStatistics();
        SenderStatistics sent = new SenderStatistics();
        TwccRecorder twcc = new TwccRecorder(TwccOptions.DEFAULT);
        long before = 0;
        for (int i = 0; i < 2 * PACKETS; i++) {
            if (i == PACKETS) {
                before = threads.getCurrentThreadAllocatedBytes();
            }
            long nowNanos = i * 1_000_000L;
            nack.onPacket(65536L + i, nowNanos);
            nack.nextDeadline();
            reception.onPacket(65536L + i, i * 90L, nowNanos, 90_000);
            sent.onPacket(1100);
            twcc.nextDeadline();
            if (i % 1000 < 100) {
                twcc.onPacket(i, nowNanos);
            }
        }
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertThat((double) allocated / PACKETS).as("bytes per packet").isLessThan(0.1);
    }
}
