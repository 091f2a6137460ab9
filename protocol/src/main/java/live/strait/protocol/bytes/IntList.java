package live.strait.protocol.bytes;

/// A reusable list of ints with a fixed capacity, for numbers that a machine hands out without boxing.
///
/// The owner makes one, passes it in, reads it and clears it; what does not fit any more stays with the machine
/// until the next call.
public final class IntList {
    private final int[] values;
    private int size;

    public IntList(int capacity) {
        values = new int[capacity];
    }

    /// Appends `value`; false when the list is full.
    public boolean add(int value) {
        if (size == values.length) {
            return false;
        }
        values[size++] = value;
        return true;
    }

    public int get(int index) {
        if (index >= size) {
            throw new IndexOutOfBoundsException(index);
        }
        return values[index];
    }

    public int size() {
        return size;
    }

    public boolean isEmpty() {
        return size == 0;
    }

    public boolean isFull() {
        return size == values.length;
    }

    public void clear() {
        size = 0;
    }
}
