/// The ports between signaling and a relay: what signaling asks for, and what it gets back.
///
/// [RelayControl] is about sessions, [LaneControl] about the messages of the lane. Records and interfaces only, no
/// behaviour: `relay-server` implements them, `signaling.http` calls them. Calls return at once; the stages of
/// [RelayControl] complete on a thread of the relay, and fail with a [RelayRefusal] only.
///
/// Start reading at [RelayControl].
@NullMarked
package live.strait.signaling.control;

import org.jspecify.annotations.NullMarked;
