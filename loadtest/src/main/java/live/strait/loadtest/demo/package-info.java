/// `strait demo`: a node with a host that is already live.
///
/// [DemoCommand] starts the node as a child process; a `SimulatedHost` publishes the clip in this module's
/// resources over WHIP, in a loop, by the same client peer as the load tests. The clip ([ClipSource]) is three
/// layers of VP8 in IVF ([IvfClip]) and Opus in Ogg ([OggOpusClip]); `loadtest/src/clip/make.sh` makes it. Start
/// reading at [DemoCommand].
@NullMarked
package live.strait.loadtest.demo;

import org.jspecify.annotations.NullMarked;
