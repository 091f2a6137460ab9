package live.strait.loadtest.host;

import java.nio.ByteBuffer;

/// A frame of VP8 as an encoder hands it over; lent for the call.
///
/// @param discardable no other frame refers to it
public record EncodedFrame(ByteBuffer bytes, boolean keyFrame, boolean discardable) {}
