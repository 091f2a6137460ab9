package live.strait.loadtest.host;

import java.nio.ByteBuffer;
import java.util.List;

/// Where a host's pictures and sound come from. Its time begins with 0 at [#start].
public interface MediaSource {
    /// Names of the video layers, lowest first; one that is empty for a single stream.
    List<String> layers();

    /// What all layers together take, by which the pacer is set.
    long bitrateBps();

    void start(long nowNanos);

    /// When the next frame is due.
    long nextFrameNanos();

    /// Hands over all frames that are due.
    void emit(long nowNanos, Sink sink);

    /// The next frame of all layers shall be a key frame, as soon as the source can.
    void requestKeyFrame();

    /// Takes frames; they are lent for the call.
    interface Sink {
        /// Takes a frame of video.
        ///
        /// @param layer its place in [#layers]
        void video(int layer, long mediaNanos, EncodedFrame frame);

        void audio(long mediaNanos, ByteBuffer packet);
    }
}
