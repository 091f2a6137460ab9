package live.strait.loadtest.fanout;

import java.util.Locale;
import live.strait.loadtest.fanout.FanoutReport.Delay;
import live.strait.loadtest.fanout.FanoutReport.Join;
import live.strait.loadtest.node.NodeFigures;
import org.jspecify.annotations.Nullable;

/// A report as text for a terminal.
final class FanoutTable {
    private FanoutTable() {}

    static String of(FanoutReport report) {
        return String.format(
                        Locale.ROOT,
                        """
                viewers            %,12d      %d failed
                measured           %,12.1f s
                egress             %,12.0f packets/s
                loss               %,12.4f %%    %,d packets lost, %,d doubled
                """,
                        report.viewers(),
                        report.failedViewers(),
                        report.seconds(),
                        report.egressPps(),
                        report.lossPercent(),
                        report.lostPackets(),
                        report.duplicatePackets())
                + delay("relay delay", report.relayDelayMs())
                + delay("key frames", report.keyFrameDelayMs())
                + delay("other frames", report.deltaFrameDelayMs())
                + join(report.joinMs(), "")
                + String.format(
                        Locale.ROOT,
                        """
                steal              %,12.1f %%    load average %.1f
                cpu                %,12.0f %%    of a core for the node, %.0f %% for host and viewers
                """,
                        report.machine().stealPercent(),
                        report.machine().loadAverage(),
                        report.machine().nodeCpuPercent(),
                        report.machine().loadCpuPercent())
                + (report.packetsPerMessage() == null
                        ? ""
                        : String.format(
                                Locale.ROOT,
                                "video              %,12.2f       packets a message%n",
                                report.packetsPerMessage()))
                + (report.node() == null ? "" : node(report.node()))
                + (report.joinStorm() == null ? "" : storm(report.joinStorm()))
                + (report.ramp().viewersHeld() == null
                        ? ""
                        : String.format(
                                Locale.ROOT,
                                "held by            %,12d       viewers%n",
                                report.ramp().viewersHeld()))
                + (report.judged() ? "" : "NOT JUDGED: too much of the machine was taken by others (steal)\n");
    }

    private static String delay(String name, @Nullable Delay delay) {
        return delay == null
                ? String.format(Locale.ROOT, "%-18s         none      in the measured interval%n", name)
                : String.format(Locale.ROOT, """
                %-12s p50   %,12.2f ms
                             p99   %,12.2f ms
                             p99.9 %,12.2f ms
                             max   %,12.2f ms
                """, name, delay.p50(), delay.p99(), delay.p999(), delay.max());
    }

    private static String join(Join join, String remark) {
        return String.format(Locale.ROOT, """
                join         p50   %,12.0f ms
                             p95   %,12.0f ms
                             p99   %,12.0f ms%s
                """, join.p50(), join.p95(), join.p99(), remark);
    }

    private static String storm(JoinStorm.Figures storm) {
        return String.format(
                        Locale.ROOT,
                        "join storm         %,12d       joins at %d/s, %d failed %s%n",
                        storm.joins(),
                        storm.joinsPerSecond(),
                        storm.failed(),
                        storm.causes())
                + join(storm.joinMs(), "    " + storm.keyFramesRequested() + " key frames asked");
    }

    private static String node(NodeFigures node) {
        return String.format(
                Locale.ROOT,
                """
                node, a packet     %,12.0f ns    of CPU, %,.0f ns of it outside the kernel, %,.0f ns by the media loops
                allocated          %,12.1f B     a packet, %,.0f B a datagram received
                egress             %,12.2f       datagrams a message, %.1f messages a call
                longest safepoint  %,12.2f ms
                longest loop gap   %,12.2f ms
                key frames asked   %,12d       %,d datagrams dropped
                """,
                node.nodeCpuNsPerPacket(),
                node.nodeUserCpuNsPerPacket(),
                node.loopCpuNsPerPacket(),
                node.allocatedBytesPerPacket(),
                node.allocatedBytesPerDatagramIn(),
                node.datagramsPerMessage(),
                node.messagesPerCall(),
                node.maxPauseMs(),
                node.maxLoopGapMs(),
                node.keyFramesRequested(),
                node.droppedDatagrams());
    }
}
