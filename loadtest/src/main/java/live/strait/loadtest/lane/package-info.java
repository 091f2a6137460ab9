/// What the lane's SDK does in a page, without a browser: the viewer's and the host's part of `docs/lane.md`.
///
/// [LanePage] is `sdk/lane.js` on one link, the data channels of a session: hello, the clock, what is kept until
/// the node is ready. [ViewerPage] (`viewer-lane.js`) keeps its items until a terminal state and sends interrupts
/// as a [Race]; [HostPage] (`host-lane.js`) acknowledges, paints by [PaintModel], says that it has seen, and
/// answers. Rules and constants are the SDK's. What is left out is the WebSocket beside the channels, which could
/// only be faster: an emulated link carries datagrams.
///
/// A page lives on its peer's loop. Start reading at [ViewerPage].
@NullMarked
package live.strait.loadtest.lane;

import org.jspecify.annotations.NullMarked;
