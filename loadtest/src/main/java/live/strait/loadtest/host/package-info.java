/// A host that is no browser but sends like one: frames in, paced RTP with reports and retransmissions out.
///
/// [HostMedia] takes frames from a [MediaSource], cuts them as Chromium does ([Vp8Packetizer]), paces them in
/// bursts ([BurstPacer]) and answers what the relay asks for: NACK by RTX, PLI and FIR by a key frame, reference
/// times by DLRR. [SyntheticSource] makes pictures of noise with the sizes of real ones, for load.
///
/// Lives on one `PeerLoop`; times are nanoseconds of `System.nanoTime`, media times count from the source's start.
/// Start reading at [HostMedia].
@NullMarked
package live.strait.loadtest.host;

import org.jspecify.annotations.NullMarked;
