package live.strait.bench.egress;

import com.sun.management.ThreadMXBean;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.unix.IntegerUnixChannelOption;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import live.strait.bench.fanout.FanoutShow;
import live.strait.protocol.crypto.CryptoEngine;
import live.strait.protocol.crypto.CryptoLibrary;
import live.strait.protocol.crypto.CryptoUnavailableException;
import live.strait.relay.egress.BatchEgress;
import live.strait.relay.egress.EgressOptions;
import live.strait.relay.egress.SocketWatch;
import live.strait.relay.observe.LoopCounters;
import live.strait.relay.observe.LoopCounters.Counter;

/// The contender in Java: arguments are a crypto library, the first viewer's address and the number of viewers; an
/// order is `VIEWERS BURST MILLIS`.
///
/// Only the fan-out of a [FanoutShow] is measured, which here ends with `sendmmsg`.
final class JavaFanout {
    private final FanoutShow show;
    private final LoopCounters counters;
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private JavaFanout(FanoutShow show, LoopCounters counters) {
        this.show = show;
        this.counters = counters;
    }

    static void main(String[] arguments) throws IOException, InterruptedException, CryptoUnavailableException {
        CryptoEngine crypto = CryptoLibrary.valueOf(
                        arguments[0].toUpperCase(Locale.ROOT).replace('-', '_'))
                .open();
        InetAddress first = InetAddress.ofLiteral(arguments[1]);
        LoopCounters counters = new LoopCounters();
        EpollDatagramChannel socket = socket();
        BatchEgress egress = BatchEgress.over(
                new SocketWatch(socket.fd().intValue()), counters, EgressOptions.DEFAULTS, System::nanoTime);
        FanoutShow show = new FanoutShow(crypto, first, egress, counters);
        show.connect(Integer.parseInt(arguments[2]));
        JavaFanout fanout = new JavaFanout(show, counters);
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        for (String order = orders.readLine(); order != null; order = orders.readLine()) {
            String[] numbers = order.split(" ", -1);
            System.out.println(
                    fanout.run(Integer.parseInt(numbers[0]), Integer.parseInt(numbers[1]), Long.parseLong(numbers[2])));
        }
        System.exit(0); // Netty's threads would live on
    }

    /// As the node's edge has it, without reading.
    private static EpollDatagramChannel socket() {
        EpollDatagramChannel channel = (EpollDatagramChannel) new Bootstrap()
                .group(new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory()))
                .channel(EpollDatagramChannel.class)
                .option(ChannelOption.SO_SNDBUF, 4 << 20)
                .option(ChannelOption.AUTO_READ, false)
                .option(new IntegerUnixChannelOption("IP_MTU_DISCOVER", 0, 10), 3)
                .handler(new ChannelInboundHandlerAdapter())
                .bind(0)
                .syncUninterruptibly()
                .channel();
        channel.deregister().syncUninterruptibly();
        return channel;
    }

    /// Packets and the nanoseconds of CPU time that they took.
    private String run(int audience, int burst, long millis) {
        show.watch(audience);
        long took = 0;
        long packetsBefore = counters.get(Counter.DATAGRAMS_OUT);
        while (took < millis * 1_000_000) {
            show.beginFrame(burst);
            long began = threads.getCurrentThreadCpuTime();
            show.endFrame();
            took += threads.getCurrentThreadCpuTime() - began;
        }
        long packets = counters.get(Counter.DATAGRAMS_OUT) - packetsBefore;
        return packets + " " + took;
    }
}
