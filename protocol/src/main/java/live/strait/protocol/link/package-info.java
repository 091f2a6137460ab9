/// An emulated weak network in virtual time, for tests, loadtest and lab alike.
///
/// [LinkProfile] is the text of the `linkem` emulator: its settings, its timeline, its named profiles. [LinkModel]
/// is one direction of such a link: datagrams in with a time, the same datagrams out at the time they would arrive,
/// or never. Every fate is a pure function of seed, direction and the packet's number, by the emulator's own
/// arithmetic: model and emulator lose the same packets for the same seed.
///
/// Bytes are UDP payloads; rates count 28 bytes more for each, as on the wire. Times are nanoseconds of any origin,
/// never going back. One owner, no thread, no clock.
///
/// Start reading at [LinkModel].
@NullMarked
package live.strait.protocol.link;

import org.jspecify.annotations.NullMarked;
