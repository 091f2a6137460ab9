/// A viewer that decodes nothing: it counts what arrives and says about it what a browser would.
///
/// [ViewerMedia] sends transport-wide feedback, receiver reports and requests for a first key frame; what it sees
/// goes into a [ViewerFigures] of its own and into the [Audience] that all viewers of a run share.
///
/// Lives on one `PeerLoop`; [Audience] is read by others. Start reading at [ViewerMedia].
@NullMarked
package live.strait.loadtest.viewer;

import org.jspecify.annotations.NullMarked;
