package live.strait.protocol.rtcp;

import java.util.Arrays;
import live.strait.protocol.bytes.IntList;

/// An immutable row of 16-bit RTP sequence numbers, without boxes.
public final class SequenceNumbers {
    private final int[] values;

    private SequenceNumbers(int[] values) {
        this.values = values;
    }

    public static SequenceNumbers of(int... sequences) {
        int[] values = new int[sequences.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = sequences[i] & 0xffff;
        }
        return new SequenceNumbers(values);
    }

    /// What [NackRequester] has filled in; the list may be cleared afterwards.
    public static SequenceNumbers copyOf(IntList sequences) {
        int[] values = new int[sequences.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = sequences.get(i) & 0xffff;
        }
        return new SequenceNumbers(values);
    }

    public int size() {
        return values.length;
    }

    public int get(int index) {
        return values[index];
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SequenceNumbers that && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return Arrays.toString(values);
    }
}
