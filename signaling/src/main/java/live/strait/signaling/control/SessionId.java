package live.strait.signaling.control;

/// Names one WHIP or WHEP session: unguessable, as its resource URL is its only protection after the POST.
public record SessionId(String value) {
    @Override
    public String toString() {
        return value;
    }
}
