/// A host that is no browser but sends like one: frames in, paced RTP with reports and retransmissions out.
///
/// [HostMedia] takes frames from a [MediaSource], cuts them as Chromium does ([Vp8Packetizer]), paces them in
/// bursts ([BurstPacer]) and answers what the relay asks for: NACK by RTX, PLI and FIR by a key frame, reference
/// times by DLRR. [SyntheticSource] makes pictures of noise for load, with the sizes and times of what a real
/// Chromium sent ([HostTrace]). What it leaves out of Chromium's packets is the dependency descriptor.
///
/// Lives on one `PeerLoop`; times are nanoseconds of `System.nanoTime`, media times count from the source's start.
/// Start reading at [HostMedia].
@NullMarked
package live.strait.loadtest.host;

import org.jspecify.annotations.NullMarked;
