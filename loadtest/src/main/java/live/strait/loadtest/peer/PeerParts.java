package live.strait.loadtest.peer;

import org.jspecify.annotations.Nullable;

/// What a [ClientPeer] is made of beside its transport.
///
/// @param channels the lane, or null for a peer without one
/// @param link what its datagrams pass, or null for the machine's own network alone
public record PeerParts(
        PeerMedia media,
        @Nullable LaneChannels channels,
        @Nullable EmulatedLink link) {
    static PeerParts of(PeerMedia media) {
        return new PeerParts(media, null, null);
    }
}
