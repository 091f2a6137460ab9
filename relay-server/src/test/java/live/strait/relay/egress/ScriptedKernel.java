package live.strait.relay.egress;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// A kernel that reads the messages as Linux does, cuts them into datagrams, and refuses what its script says.
final class ScriptedKernel implements Kernel {
    private static final int EINVAL = 22;

    private final Deque<Integer> script = new ArrayDeque<>();
    private final List<Message> messages = new ArrayList<>();
    private boolean segments = true;
    private int mtuBytes = 1472;
    private int calls;
    private boolean inLongBurst;
    private int endsRefused;

    /// What one message was.
    ///
    /// @param segmentBytes 0 for a message without UDP_SEGMENT
    record Message(int port, int segmentBytes, List<ByteBuffer> packets) {}

    /// The next calls' answers: how many messages to take at most, or minus an errno. Then everything is taken.
    void answer(int... answers) {
        for (int each : answers) {
            script.add(each);
        }
    }

    void takeEverything() {
        script.clear();
    }

    /// From now on runs are refused, and single packets are not.
    void refuseSegments() {
        segments = false;
    }

    void setMtuBytes(int bytes) {
        mtuBytes = bytes;
    }

    int calls() {
        return calls;
    }

    boolean isInLongBurst() {
        return inLongBurst;
    }

    /// So often the end of a long burst is to be said again.
    void refuseEnds(int times) {
        endsRefused = times;
    }

    @Override
    public void beginLongBurst() {
        inLongBurst = true;
    }

    @Override
    public boolean endLongBurst() {
        if (endsRefused > 0) {
            endsRefused--;
            return false;
        }
        inLongBurst = false;
        return true;
    }

    List<Message> messages() {
        return messages;
    }

    /// All datagrams on the wire, in their order.
    List<ByteBuffer> datagrams() {
        return messages.stream().flatMap(message -> message.packets.stream()).toList();
    }

    @Override
    public int sendmmsg(long address, int count) {
        calls++;
        int answer = script.isEmpty() ? count : script.remove();
        if (answer < 0) {
            return answer;
        }
        int taken = 0;
        while (taken < Math.min(answer, count)) {
            MemorySegment header = at(address + 64L * taken, 64);
            int refused = take(header);
            if (refused != 0) {
                return taken > 0 ? taken : -refused;
            }
            taken++;
        }
        return taken;
    }

    private int take(MemorySegment header) {
        ByteBuffer name = at(header.get(ValueLayout.JAVA_LONG, 0), header.get(ValueLayout.JAVA_INT, 8))
                .asByteBuffer()
                .order(ByteOrder.BIG_ENDIAN);
        int segmentBytes = segmentBytes(header);
        ByteBuffer bytes = gather(header);
        int total = bytes.remaining();
        int largest = segmentBytes == 0 ? total : segmentBytes;
        if (largest > mtuBytes) {
            return Errno.EMSGSIZE;
        }
        if (segmentBytes != 0 && !segments) {
            return EINVAL;
        }
        List<ByteBuffer> packets = new ArrayList<>();
        while (bytes.hasRemaining()) {
            int size = Math.min(largest, bytes.remaining());
            packets.add(bytes.slice(bytes.position(), size));
            bytes.position(bytes.position() + size);
        }
        messages.add(new Message(name.getShort(2) & 0xffff, segmentBytes, packets));
        header.set(ValueLayout.JAVA_INT, 56, total);
        return 0;
    }

    private static int segmentBytes(MemorySegment header) {
        long controlBytes = header.get(ValueLayout.JAVA_LONG, 40);
        if (controlBytes == 0) {
            return 0;
        }
        MemorySegment control = at(header.get(ValueLayout.JAVA_LONG, 32), controlBytes);
        if (control.get(ValueLayout.JAVA_LONG, 0) != 18
                || control.get(ValueLayout.JAVA_INT, 8) != 17
                || control.get(ValueLayout.JAVA_INT, 12) != 103) {
            throw new AssertionError("not a control message of UDP_SEGMENT");
        }
        return control.get(ValueLayout.JAVA_SHORT, 16) & 0xffff;
    }

    private static ByteBuffer gather(MemorySegment header) {
        long count = header.get(ValueLayout.JAVA_LONG, 24);
        MemorySegment vectors = at(header.get(ValueLayout.JAVA_LONG, 16), 16 * count);
        long length = 0;
        for (long i = 0; i < count; i++) {
            length += vectors.get(ValueLayout.JAVA_LONG, 16 * i + 8);
        }
        ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(length)); // kept, as all that was ever sent is
        for (long i = 0; i < count; i++) {
            bytes.put(at(vectors.get(ValueLayout.JAVA_LONG, 16 * i), vectors.get(ValueLayout.JAVA_LONG, 16 * i + 8))
                    .asByteBuffer());
        }
        return bytes.flip();
    }

    @SuppressWarnings("restricted") // the egress gives addresses, as it does to Linux
    private static MemorySegment at(long address, long bytes) {
        return MemorySegment.ofAddress(address).reinterpret(bytes);
    }
}
