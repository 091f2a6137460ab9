/// RTP on the wire: headers, extensions, retransmissions and what a codec's payload says about its frame.
///
/// Reading is done by flyweights and static peeks over the caller's buffer (absolute indices, nothing is copied,
/// nothing allocated, the buffer's position stays); writing goes into the caller's buffer at its position. A parser
/// answers `false` for bytes that contradict themselves: it never throws, whatever a peer sends.
///
/// - [RtpView] and [RtpHeaderWriter]: RFC 3550 section 5.1 and RFC 8285, both forms of header extensions.
/// - [RtxPayload] and [RtxUnwrapper]: RFC 4588.
/// - [VideoPayload] fills a [FrameInfo] from the payload descriptor of VP8, VP9, H.264, H.265 or AV1,
///   [DependencyDescriptor] does so from the header extension of that name, for any codec; [VideoLayersAllocation]
///   tells the rate and size of each layer that a host sends.
/// - [PictureIdMapper] and [RtpTimestampMapper]: one continuous line of numbers and timestamps per viewer, whatever
///   layer it gets; [Vp8Descriptor] and [Vp9Descriptor] write them in place.
///
/// Thread rule: an instance belongs to one loop. Start reading at [RtpView].
@NullMarked
package live.strait.protocol.rtp;

import org.jspecify.annotations.NullMarked;
