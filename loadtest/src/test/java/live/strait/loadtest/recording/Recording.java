package live.strait.loadtest.recording;

import java.util.ArrayList;
import java.util.List;

/// What a host sent: packets of the layers, lowest first, and of the sound, each in the order of their arrival.
public record Recording(List<List<RecordedPacket>> layers, List<RecordedPacket> audio) {

    /// A frame's packets, of which none is missing.
    record Frame(List<RecordedPacket> packets) {
        RecordedPacket first() {
            return packets.getFirst();
        }

        int bytes() {
            return packets.stream().mapToInt(RecordedPacket::payloadBytes).sum();
        }
    }

    /// The frames of a layer, from the first that is whole to the last.
    List<Frame> frames(int layer) {
        List<Frame> frames = new ArrayList<>();
        List<RecordedPacket> packets = new ArrayList<>();
        long next = -1;
        for (RecordedPacket packet : layers.get(layer)) {
            if (next >= 0 && packet.sequence() != next) {
                throw new AssertionError("packet " + next + " of layer " + layer + " is missing or late");
            }
            boolean begun = next >= 0;
            next = packet.sequence() + 1;
            packets.add(packet);
            if (packet.last()) {
                frames.add(new Frame(List.copyOf(packets)));
                packets.clear();
            }
            if (!begun) {
                // The first frame may have begun before we listened.
                packets.clear();
                frames.clear();
            }
        }
        return frames;
    }
}
