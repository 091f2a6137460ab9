package live.strait.relay.media;

import java.util.concurrent.atomic.AtomicInteger;
import live.strait.protocol.bytes.SequenceUnwrapper;
import live.strait.protocol.demux.DropReason;
import live.strait.protocol.rtcp.NackOptions;
import live.strait.protocol.rtcp.NackRequester;
import live.strait.protocol.rtcp.ReceptionStatistics;
import live.strait.protocol.rtp.FrameInfo;
import live.strait.protocol.rtp.RtpView;
import live.strait.protocol.rtp.VideoCodec;
import live.strait.protocol.rtp.VideoPayload;
import live.strait.relay.loop.MediaLoop;
import live.strait.signaling.control.Codec;
import org.jspecify.annotations.Nullable;

/// One SSRC of a publisher: a simulcast layer, a single video stream or the audio.
///
/// Owned by the publisher's loop; other loops read the cache, [#lastReport], [#isActive] and the constants.
public final class SourceStream implements MediaLoop.BurstSource {
    /// Video: 6 s at 1.7 Mbit/s, which is longer than any viewer asks back. Audio: 5 s.
    private static final int VIDEO_CACHE_PACKETS = 1024;
    private static final int AUDIO_CACHE_PACKETS = 256;
    /// A layer that falls so far behind the others of its track is off: browsers switch layers off by sending
    /// nothing. A still picture makes all layers silent alike, and then none is off.
    private static final long OFF_AFTER_NANOS = 600_000_000L;
    private static final long RATE_WINDOW_NANOS = 1_000_000_000L;

    /// How long the first packets of a frame wait for the last: those come within some hundred microseconds when
    /// the host sent them in one go, and a frame in one piece is one message to each viewer instead of two or
    /// three.
    private static final long GATHERING_NANOS = 1_000_000L;

    /// How much of the past a newcomer is given: what a poor line takes in half a second, which is the last seconds
    /// of a low layer or the last frames of a high one.
    private static final int CATCH_UP_PACKETS = 96;
    /// And how old it may be, since a decoder runs through all of it before it shows the present. Longer than
    /// newcomers wait for their better layer ([KeyframeGate.Need#BETTER_PICTURE]), so one key frame serves all of
    /// them.
    private static final long CATCH_UP_NANOS = 2_500_000_000L;

    static final long TOO_LONG_AGO = -1;

    private static final AtomicInteger KEYS = new AtomicInteger();

    private final PublishedTrack track;
    /// Tells streams apart that are not of one publication: a host that comes back may use its SSRC again.
    private final int key = KEYS.getAndIncrement();

    private final int ssrc;
    private final String rid;
    private final int rank;
    private final int clockRate;
    private final MediaLoop loop;
    private final PacketCache cache;
    private final SequenceUnwrapper unwrapper = new SequenceUnwrapper();
    private final FrameInfo frame = new FrameInfo();
    private final NackRequester nacks = new NackRequester(NackOptions.DEFAULT);
    private final ReceptionStatistics reception = new ReceptionStatistics();

    private boolean collected;
    private long collectedNanos;
    private boolean frameIsOpen;
    private boolean retired;
    private long handedOn;
    private long lastArrivalNanos;
    private long windowBeganNanos;
    private long windowBytes;
    private long missingCounted;
    private volatile boolean active;
    private volatile long bitrateBps;
    private volatile @Nullable Codec codec;
    private volatile @Nullable SenderReportMark lastReport;
    private volatile @Nullable KeyFrameMark keyFrame;

    SourceStream(PublishedTrack track, int ssrc, String rid, int rank, int clockRate, MediaLoop loop) {
        this.track = track;
        this.ssrc = ssrc;
        this.rid = rid;
        this.rank = rank;
        this.clockRate = clockRate;
        this.loop = loop;
        this.cache = new PacketCache(track.isVideo() ? VIDEO_CACHE_PACKETS : AUDIO_CACHE_PACKETS);
    }

    public int ssrc() {
        return ssrc;
    }

    /// A number that no other stream of this process has.
    int key() {
        return key;
    }

    /// The simulcast layer's name, empty for a single stream.
    public String rid() {
        return rid;
    }

    /// 0 is the lowest layer.
    public int rank() {
        return rank;
    }

    public int clockRate() {
        return clockRate;
    }

    public PublishedTrack track() {
        return track;
    }

    public PacketCache cache() {
        return cache;
    }

    /// Whether packets have come lately.
    public boolean isActive() {
        return active;
    }

    /// Received in the last whole second, headers included.
    public long bitrateBps() {
        return bitrateBps;
    }

    /// What the latest packet was coded with, or null before the first.
    public @Nullable Codec codec() {
        return codec;
    }

    /// The latest sender report, or null before the first.
    public @Nullable SenderReportMark lastReport() {
        return lastReport;
    }

    /// The arrival ([PacketCache#arrivals]) at which the latest key frame begins, where what has come since is
    /// little enough for a newcomer to be given all of it; else [#TOO_LONG_AGO].
    long catchUpFrom(long nowNanos) {
        KeyFrameMark mark = keyFrame;
        return mark != null
                        && active
                        && cache.arrivals() - mark.arrival() <= CATCH_UP_PACKETS
                        && nowNanos - mark.arrivedNanos() <= CATCH_UP_NANOS
                ? mark.arrival()
                : TOO_LONG_AGO;
    }

    /// How many packets have been missed since the last call, each once however often it was asked for.
    long newlyMissing() {
        long missing = nacks.statistics().missing();
        long newly = missing - missingCounted;
        missingCounted = missing;
        return newly;
    }

    NackRequester nacks() {
        return nacks;
    }

    ReceptionStatistics reception() {
        return reception;
    }

    /// Takes a packet in. Returns why not, or null.
    ///
    /// @param recovered whether it came as a retransmission on an SSRC of its own
    @Nullable
    DropReason onPacket(RtpView packet, Codec packetCodec, boolean recovered, long nowNanos) {
        long extSeq = unwrapper.peek(packet.sequenceNumber());
        long highest = unwrapper.highest();
        if (highest >= 0 && extSeq <= highest - cache.capacity()) {
            return DropReason.RTP_OUT_OF_WINDOW;
        }
        if (cache.holds(extSeq)) {
            return DropReason.DUPLICATE;
        }
        if (packet.length() > PacketCache.SLOT_BYTES - SUBSCRIBER_HEADROOM_BYTES) {
            return DropReason.RTP_MALFORMED;
        }
        if (recovered && highest < 0) {
            return DropReason.DUPLICATE; // a retransmission of what was sent before we listened
        }
        unwrapper.unwrap(packet.sequenceNumber());
        if (!recovered) {
            reception.onPacket(extSeq, packet.timestamp(), nowNanos, clockRate);
        }
        if (packetCodec.feedback().contains(Codec.Feedback.NACK)) {
            nacks.onPacket(extSeq, nowNanos);
        }
        codec = packetCodec;
        frame.clear();
        VideoCodec videoCodec = PublishedTrack.videoCodec(packetCodec.name());
        if (videoCodec != null && packet.payloadLength() > 0) {
            VideoPayload.peek(videoCodec, packet, frame);
        }
        long arrival = cache.arrivals();
        cache.put(extSeq, packet, frame);
        if (frame.keyFrame) {
            onKeyFrame(arrival, extSeq, packet.timestamp(), nowNanos);
        }
        account(packet.length(), nowNanos);
        frameIsOpen = track.isVideo() && !packet.marker();
        if (!collected) {
            collected = true;
            collectedNanos = nowNanos;
            loop.collect(this);
        }
        return null;
    }

    @Override
    public void flushBurst(long nowNanos) {
        collected = false;
        long from = handedOn;
        handedOn = cache.arrivals();
        track.fanout().dispatch(this, from, handedOn);
    }

    @Override
    public long waitsUntilNanos() {
        return frameIsOpen ? collectedNanos + GATHERING_NANOS : Long.MIN_VALUE;
    }

    void onSenderReport(long ntpTime, long rtpTimestamp, long nowNanos) {
        lastReport = new SenderReportMark(ntpTime, rtpTimestamp, nowNanos);
        reception.onSenderReport(ntpTime, nowNanos);
        track.fanout().sendersReported(this);
    }

    /// Nothing will come any more: the sender started anew with another SSRC.
    void retire() {
        retired = true;
        track.keyframeGate().forget(this);
        active = false;
        bitrateBps = 0;
    }

    long lastArrivalNanos() {
        return lastArrivalNanos;
    }

    /// Notices that nothing comes any more.
    ///
    /// @param newestOfTrackNanos when the latest packet of any layer came
    /// @return whether [#isActive] changed
    boolean ageActivity(long newestOfTrackNanos, long nowNanos) {
        if (nowNanos - lastArrivalNanos > 2 * RATE_WINDOW_NANOS) {
            bitrateBps = 0;
        }
        if (active && newestOfTrackNanos - lastArrivalNanos > OFF_AFTER_NANOS) {
            track.keyframeGate().forget(this); // asking a layer that is off costs the others' pictures
            active = false;
            bitrateBps = 0;
            return true;
        }
        return false;
    }

    /// H.264 says it twice, with the parameter sets and with the picture behind them: the first in order counts, also
    /// when it comes by retransmission.
    private void onKeyFrame(long arrival, long extSeq, long timestamp, long nowNanos) {
        KeyFrameMark before = keyFrame;
        if (before == null || before.timestamp() != timestamp) {
            keyFrame = new KeyFrameMark(arrival, extSeq, timestamp, nowNanos);
        } else if (extSeq < before.extSeq()) {
            keyFrame = new KeyFrameMark(arrival, extSeq, timestamp, before.arrivedNanos());
        }
        track.keyframeGate().onKeyFrame(this);
    }

    private void account(int bytes, long nowNanos) {
        lastArrivalNanos = nowNanos;
        windowBytes += bytes;
        if (nowNanos - windowBeganNanos >= RATE_WINDOW_NANOS) {
            if (windowBeganNanos != 0) {
                bitrateBps = windowBytes * 8 * RATE_WINDOW_NANOS / (nowNanos - windowBeganNanos);
            }
            windowBeganNanos = nowNanos;
            windowBytes = 0;
        }
        if (!active && !retired) {
            active = true;
            track.fanout().layersChanged();
        }
    }

    /// @param arrival of the first packet, in their order, that tells of the key frame
    private record KeyFrameMark(long arrival, long extSeq, long timestamp, long arrivedNanos) {}

    /// What a viewer's header may be longer than the publisher's, with OSN and SRTP tag.
    private static final int SUBSCRIBER_HEADROOM_BYTES = 64;

    @Override
    public String toString() {
        return track + (rid.isEmpty() ? "" : "/" + rid);
    }
}
