/// The port between signaling and a relay: what signaling asks for, and what it gets back.
///
/// Records only, no behaviour: `relay-server` implements [RelayControl], `signaling.http` calls it. Calls return
/// at once; their stages complete on a thread of the relay, and fail with a [RelayRefusal] only.
///
/// Start reading at [RelayControl].
@NullMarked
package live.strait.signaling.control;

import org.jspecify.annotations.NullMarked;
