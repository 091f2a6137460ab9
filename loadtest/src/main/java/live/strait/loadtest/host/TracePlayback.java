package live.strait.loadtest.host;

import java.util.List;
import live.strait.loadtest.host.HostTrace.VideoFrame;

/// The order in which the pictures of a trace are played: over and over what nobody asked for, and in between the
/// answer to a request for a key frame.
///
/// Times count from 0, when the first frame is due.
final class TracePlayback {
    private final HostTrace trace;
    private final List<VideoFrame> frames;
    private final List<Integer> keyPictures;
    private final long pictureNanos;
    private int next;
    /// Where the answer ends that is being played, or -1.
    private int answerEnd = -1;
    private int resumeAt;
    private int nextAnswer;
    private boolean keyFrameWanted;
    private long offsetNanos;

    /// Begins with a key picture, due at 0.
    TracePlayback(HostTrace trace) {
        this.trace = trace;
        frames = trace.video();
        keyPictures = trace.keyPictures();
        next = trace.steady();
        offsetNanos = frames.getFirst().mediaNanos()
                - frames.getFirst().atNanos()
                - frames.get(next).mediaNanos();
        List<VideoFrame> steady = frames.subList(next, frames.size());
        long pictures =
                steady.stream().mapToLong(VideoFrame::mediaNanos).distinct().count();
        pictureNanos = (steady.getLast().mediaNanos() - steady.getFirst().mediaNanos()) / (pictures - 1);
        answer();
    }

    /// The next picture shall be a key picture.
    void requestKeyFrame() {
        if (trace.beginsPicture(next)) {
            answer();
        } else {
            keyFrameWanted = true;
        }
    }

    /// When [#take] is due. The pictures' media times go on without a jump wherever the trace does jump; this
    /// time may step back a little there, as one frame took longer to leave than another.
    long nextFrameNanos() {
        return offsetNanos + frames.get(next).atNanos();
    }

    /// What the next frame's times in the trace are away from those of the playback.
    long offsetNanos() {
        return offsetNanos;
    }

    VideoFrame take() {
        VideoFrame taken = frames.get(next++);
        if (next == frames.size()) {
            jump(trace.steady(), taken.mediaNanos() + pictureNanos);
        } else if (next == answerEnd) {
            answerEnd = -1;
            jump(resumeAt, frames.get(next).mediaNanos());
        }
        if (keyFrameWanted && trace.beginsPicture(next)) {
            answer();
        }
        return taken;
    }

    private void answer() {
        keyFrameWanted = false;
        if (answerEnd < 0) {
            resumeAt = next;
        }
        int following = nextAnswer + 1;
        answerEnd = following < keyPictures.size() ? keyPictures.get(following) : trace.steady();
        jump(keyPictures.get(nextAnswer), frames.get(next).mediaNanos());
        nextAnswer = following % keyPictures.size();
    }

    /// Goes on at `index` with the picture whose media time would have been `mediaNanos` in the trace.
    private void jump(int index, long mediaNanos) {
        offsetNanos += mediaNanos - frames.get(index).mediaNanos();
        next = index;
    }
}
