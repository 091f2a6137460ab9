package live.strait.protocol.datachannel;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The channels of one peer by stream id.
final class ChannelTable {
    /// 65535 is no stream id (RFC 8832 section 6).
    private static final int END = 0xffff;

    private final int firstOwnId;
    private @Nullable DataChannel[] channels = new DataChannel[16];
    private int count;

    /// A DTLS client opens channels on even ids, a server on odd ones.
    ChannelTable(boolean dtlsClient) {
        firstOwnId = dtlsClient ? 0 : 1;
    }

    @Nullable
    DataChannel get(int streamId) {
        return streamId < channels.length ? channels[streamId] : null;
    }

    void put(DataChannel channel) {
        int id = channel.streamId();
        if (id >= channels.length) {
            channels = Arrays.copyOf(channels, Math.max(id + 1, 2 * channels.length));
        }
        if (channels[id] == null) {
            count++;
        }
        channels[id] = channel;
    }

    void remove(DataChannel channel) {
        if (get(channel.streamId()) == channel) {
            channels[channel.streamId()] = null;
            count--;
        }
    }

    /// The lowest id of ours that no channel has; -1 when there is none.
    int freeId() {
        for (int id = firstOwnId; id < END; id += 2) {
            if (get(id) == null) {
                return id;
            }
        }
        return -1;
    }

    int count() {
        return count;
    }

    /// Above every id that is in use.
    int end() {
        return channels.length;
    }
}
