/// Notes what a host sends, packet by packet, as viewers of a real node get it.
///
/// [RoomRecorder] watches all layers of a room; [TraceCaptureTest] makes of its [Recording] the trace that
/// simulated hosts play.
@NullMarked
package live.strait.loadtest.recording;

import org.jspecify.annotations.NullMarked;
