package live.strait.protocol.rtp;

import java.nio.ByteBuffer;
import java.util.Arrays;

/// Reads the extension in which a sender says what it sends on each layer, and at which rate
/// (`http://www.webrtc.org/experiments/rtp-hdrext/video-layers-allocation00`).
///
/// ```
/// +-+-+-+-+-+-+-+-+
/// |RID| NS| sl_bm |   the stream this came on, streams - 1, active spatial layers of every stream
/// +-+-+-+-+-+-+-+-+
/// |sl0_bm |sl1_bm |   where sl_bm is 0: active spatial layers per stream, up to two bytes
/// +-+-+-+-+-+-+-+-+
/// |#tl|#tl|#tl|#tl|   temporal layers - 1 of each active spatial layer, up to four bytes
/// +-+-+-+-+-+-+-+-+
/// |  kbit/s       |   LEB128 for each temporal layer, all lower layers included
/// +-+-+-+-+-+-+-+-+
/// | w-1, h-1, fps |   16, 16 and 8 bits for each active spatial layer; optional
/// +-+-+-+-+-+-+-+-+
/// ```
/// A single zero byte says that nothing is sent at all. Streams are numbered in the order of their rids in the
/// offer. A reusable holder: after a failed [#read] it is empty.
public final class VideoLayersAllocation {
    private static final int MAX_STREAMS = 4;
    private static final int MAX_SPATIAL_LAYERS = 4;
    private static final int MAX_TEMPORAL_LAYERS = 4;
    private static final int RESOLUTION_BYTES = 5;
    /// No sender has this much; a larger number is garbage (and would not fit as bit/s).
    private static final int MAX_KBPS = 1_000_000;
    private static final int MALFORMED = -1;

    private final int[] temporalLayers = new int[MAX_STREAMS * MAX_SPATIAL_LAYERS];
    private final int[] bitratesBps = new int[MAX_STREAMS * MAX_SPATIAL_LAYERS * MAX_TEMPORAL_LAYERS];
    private final int[] widths = new int[MAX_STREAMS * MAX_SPATIAL_LAYERS];
    private final int[] heights = new int[MAX_STREAMS * MAX_SPATIAL_LAYERS];
    private final int[] framesPerSecond = new int[MAX_STREAMS * MAX_SPATIAL_LAYERS];
    private int streams;
    private int carriedBy;
    private boolean hasResolutions;

    /// Reads the extension element of `length` bytes at `offset`.
    ///
    /// @return false when its lengths do not fit
    public boolean read(ByteBuffer packet, int offset, int length) {
        clear();
        if (length == 1 && packet.get(offset) == 0) {
            return true;
        }
        int end = offset + length;
        int at = readTemporalLayers(packet, offset, end);
        if (at != MALFORMED) {
            at = readBitrates(packet, at, end);
        }
        if (at != MALFORMED && at < end) {
            at = readResolutions(packet, at, end);
        }
        if (at == MALFORMED) {
            clear();
            return false;
        }
        return true;
    }

    /// How many streams (simulcast layers) there are; 0 when nothing is sent.
    public int streams() {
        return streams;
    }

    /// The number of the stream that carried this.
    public int carriedBy() {
        return carriedBy;
    }

    /// How many temporal layers a spatial layer of a stream is sent with; 0 when it is not sent.
    public int temporalLayers(int stream, int spatialId) {
        return temporalLayers[layer(stream, spatialId)];
    }

    /// What a receiver needs for this layer and all below it that it builds on.
    public int bitrateBps(int stream, int spatialId, int temporalId) {
        return bitratesBps[layer(stream, spatialId) * MAX_TEMPORAL_LAYERS + temporalId];
    }

    /// What a receiver needs for all of a stream: the highest layer that is sent; 0 when none is.
    public int bitrateBps(int stream) {
        for (int spatialId = MAX_SPATIAL_LAYERS - 1; spatialId >= 0; spatialId--) {
            int layers = temporalLayers(stream, spatialId);
            if (layers > 0) {
                return bitrateBps(stream, spatialId, layers - 1);
            }
        }
        return 0;
    }

    /// Whether the sender said sizes and frame rates too; without, they are 0.
    public boolean hasResolutions() {
        return hasResolutions;
    }

    public int width(int stream, int spatialId) {
        return widths[layer(stream, spatialId)];
    }

    public int height(int stream, int spatialId) {
        return heights[layer(stream, spatialId)];
    }

    public int framesPerSecond(int stream, int spatialId) {
        return framesPerSecond[layer(stream, spatialId)];
    }

    private int readTemporalLayers(ByteBuffer packet, int from, int end) {
        if (from >= end) {
            return MALFORMED;
        }
        int head = packet.get(from) & 0xFF;
        carriedBy = head >> 6;
        streams = (head >> 4 & 0x03) + 1;
        int shared = head & 0x0F;
        int maskAt = from + 1;
        int at = shared != 0 ? maskAt : maskAt + (streams + 1) / 2;
        int entry = 0;
        for (int stream = 0; stream < streams; stream++) {
            if (shared == 0 && maskAt + stream / 2 >= end) {
                return MALFORMED;
            }
            int mask = shared != 0 ? shared : packet.get(maskAt + stream / 2) >> (stream % 2 == 0 ? 4 : 0);
            for (int spatialId = 0; spatialId < MAX_SPATIAL_LAYERS; spatialId++) {
                if ((mask >> spatialId & 1) == 0) {
                    continue;
                }
                int entryAt = at + entry / 4;
                if (entryAt >= end) {
                    return MALFORMED;
                }
                int code = packet.get(entryAt) >> (6 - entry % 4 * 2) & 0x03;
                temporalLayers[layer(stream, spatialId)] = code + 1;
                entry++;
            }
        }
        return at + (entry + 3) / 4;
    }

    private int readBitrates(ByteBuffer packet, int from, int end) {
        int at = from;
        for (int layer = 0; layer < temporalLayers.length; layer++) {
            for (int temporalId = 0; temporalId < temporalLayers[layer]; temporalId++) {
                long kbps = Leb128.read(packet, at, end);
                if (kbps == Leb128.MALFORMED || Leb128.value(kbps) > MAX_KBPS) {
                    return MALFORMED;
                }
                bitratesBps[layer * MAX_TEMPORAL_LAYERS + temporalId] = Leb128.value(kbps) * 1000;
                at += Leb128.length(kbps);
            }
        }
        return at;
    }

    private int readResolutions(ByteBuffer packet, int from, int end) {
        int at = from;
        for (int layer = 0; layer < temporalLayers.length; layer++) {
            if (temporalLayers[layer] == 0) {
                continue;
            }
            if (at + RESOLUTION_BYTES > end) {
                return MALFORMED;
            }
            widths[layer] = (packet.getShort(at) & 0xFFFF) + 1;
            heights[layer] = (packet.getShort(at + 2) & 0xFFFF) + 1;
            framesPerSecond[layer] = packet.get(at + 4) & 0xFF;
            at += RESOLUTION_BYTES;
        }
        hasResolutions = true;
        return at == end ? at : MALFORMED;
    }

    private void clear() {
        streams = 0;
        carriedBy = 0;
        hasResolutions = false;
        Arrays.fill(temporalLayers, 0);
        Arrays.fill(bitratesBps, 0);
        Arrays.fill(widths, 0);
        Arrays.fill(heights, 0);
        Arrays.fill(framesPerSecond, 0);
    }

    private static int layer(int stream, int spatialId) {
        return stream * MAX_SPATIAL_LAYERS + spatialId;
    }
}
