package live.strait.relay.sim;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import live.strait.protocol.ice.PeerAddress;
import live.strait.relay.loop.MediaLoop;
import live.strait.relay.media.Lines;
import live.strait.relay.media.Publication;
import live.strait.relay.media.ViewerMedia;

/// One layer of a host's picture on two loops, without crypto: what is written from its stream is given to the
/// publication by hand.
final class PlainShow {
    final SimNode node = new SimNode(2, new NoCrypto());
    final MediaLoop home = node.loops().getFirst();
    final Publication publication = new Publication(
            List.of(Lines.browserAudio(), Lines.simulcast(Lines.VP8)), home, node.loops(), node.clock());
    final HostStream stream;
    /// The viewers.
    final Map<PeerAddress, ViewerMedia> byAddress = new HashMap<>();

    private int twccSequence;

    PlainShow(int packetsPerFrame) {
        stream = new HostStream("f", 1, Lines.VP8, packetsPerFrame, new Random(1));
    }

    /// Lets viewers come, on both loops by turns; the host sends nothing by itself.
    void open(int viewers) {
        SimHost host = new SimHost(1, 1, Lines.VP8);
        node.connect(host, home, publication);
        host.stopMedia();
        host.useLink("both loss 100%", 1); // what the publication says of our stream it would not understand
        for (int i = 0; i < viewers; i++) {
            come();
        }
    }

    /// Lets one more viewer come.
    void come() {
        MediaLoop loop = node.loops().get(byAddress.size() % 2);
        SimViewer viewer = new SimViewer(10 + byAddress.size(), true);
        ViewerMedia media = viewer.media(loop);
        node.connect(viewer, loop, media);
        byAddress.put(viewer.address(), media);
        loop.post(now -> media.bind(0, publication, now));
        node.settle();
    }

    /// Gives packets of [#stream] to the publication in one batch of its loop.
    void publish(Collection<HostStream.Packet> packets, long nowNanos) {
        home.beginBatch(nowNanos);
        for (HostStream.Packet packet : packets) {
            publication.onRtp(stream.write(packet, twccSequence++), nowNanos, nowNanos);
        }
        home.endBatch();
    }
}
