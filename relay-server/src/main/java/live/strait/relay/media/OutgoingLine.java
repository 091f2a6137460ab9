package live.strait.relay.media;

import live.strait.protocol.rtp.PictureIdMapper;
import live.strait.protocol.rtp.RtpTimestampMapper;
import live.strait.signaling.control.Codec;
import org.jspecify.annotations.Nullable;

/// The numbers of one viewer's line: which each packet gets, and what was sent under them.
///
/// While the viewer follows a [Lead], its packets are numbered by the [ViewerTable], and this learns of it by
/// [#catchUpWith].
final class OutgoingLine {
    private final SequenceMapper sequence;
    private final RtpTimestampMapper timestamps;
    private final PictureIdMapper pictureIds = new PictureIdMapper();
    private final SentPackets sent;
    private long packetCount;
    private long octetCount;
    /// How many of the lead's are counted in octetCount.
    private long leadOctets;

    /// @param firstSequence the number before the first one that is sent
    /// @param remembered how many packets can be sent again, a power of two
    OutgoingLine(long firstSequence, int clockRate, int remembered) {
        sequence = new SequenceMapper(firstSequence);
        timestamps = new RtpTimestampMapper(clockRate);
        sent = new SentPackets(remembered);
    }

    long packetCount() {
        return packetCount;
    }

    /// Payload bytes sent (RFC 3550 section 6.4.1).
    long octetCount() {
        return octetCount;
    }

    /// The highest sequence number given out.
    long highest() {
        return sequence.highest();
    }

    void switchTo(SourceStream stream) {
        sequence.switchTo(stream);
        pictureIds.switchTo(stream.key());
        onSenderReport(stream);
        timestamps.switchTo(stream.key());
    }

    /// As of [RtpTimestampMapper#squeezeBefore].
    void squeezeBefore(long live) {
        timestamps.squeezeBefore(live);
    }

    void onSenderReport(SourceStream stream) {
        SenderReportMark mark = stream.lastReport();
        if (mark != null) {
            timestamps.onSenderReport(stream.key(), mark.ntpTime(), mark.rtpTimestamp());
        }
    }

    /// The outgoing timestamp that belongs to an instant on the publisher's wall clock, or -1 when nothing is
    /// known yet.
    long timestampAt(long ntpTime) {
        return timestamps.timestampAt(ntpTime);
    }

    /// Whether this packet belongs to the source before the last switch, and to the time before it.
    boolean isLate(SourceStream stream, long extSeq) {
        return sequence.isLate(stream, extSeq);
    }

    /// Whether all that comes in its turn gets the distances of what was sent last, until the next report or switch.
    boolean isSteady() {
        return timestamps.isSteady();
    }

    /// Gives a packet its numbers, and notes it as sent.
    ///
    /// @param inFrame the packet in front of it got its numbers and is of the same frame: what they share stands in
    ///   the rewrite
    /// @return its sequence number, or [SequenceMapper#REFUSED] for what has no place on the line
    long place(CachedPacket packet, boolean inFrame, PacketRewrite rewrite, PacketSender sender, long nowNanos) {
        SourceStream stream = packet.stream();
        if (!inFrame && !mapPicture(packet, rewrite, sender)) {
            return SequenceMapper.REFUSED;
        }
        long highest = sequence.highest();
        long out = sequence.map(stream, packet.extSeq);
        if (out == SequenceMapper.REFUSED || (out <= highest && !sent.isFree(out, highest))) {
            return SequenceMapper.REFUSED;
        }
        if (!inFrame) {
            rewrite.timestamp = timestamps.map(stream.key(), packet.timestamp, nowNanos);
        }
        rewrite.transportSeq = sender.nextTransportSequence();
        sent.put(out, packet, rewrite);
        return out;
    }

    /// A packet went out.
    void count(CachedPacket packet) {
        packetCount++;
        octetCount += packet.payloadBytes;
    }

    /// The viewer has been sent all of a layer up to the lead's newest packet, whose distance is known.
    void catchUpWith(Lead lead, long sequenceShift) {
        long before = sequence.highest();
        long highest = lead.extSeq() + sequenceShift;
        if (highest > before) {
            sent.putRow(before + 1, highest + 1);
            sequence.follow(lead.extSeq());
            timestamps.follow(lead.timestamp(), lead.nowNanos());
            Codec codec = lead.codec();
            if (codec != null && PacketSender.hasPictureIds(codec)) {
                pictureIds.map(lead.stream().key(), lead.frame());
            }
            packetCount += highest - before;
            octetCount += lead.octets() - leadOctets;
            leadOctets = lead.octets();
        }
    }

    /// What the lead's octets will be is counted here already.
    void countedUpTo(long octets) {
        leadOctets = octets;
    }

    /// Where the packet with this number came from, or null when it is not remembered.
    @Nullable
    SourceStream sourceOf(long out) {
        return out > sequence.highest() ? null : sent.find(out);
    }

    /// Fetches a packet that was sent, and how; false when the cache has it no more. Only after [#sourceOf].
    boolean load(SourceStream from, long out, CachedPacket packet, PacketRewrite rewrite) {
        if (!packet.load(from, sent.sourceSeq(out))) {
            return false;
        }
        sent.recall(out, packet, rewrite);
        return true;
    }

    /// As of [SentPackets#isNoted].
    boolean isNoted(long out) {
        return sent.isNoted(out);
    }

    /// As of [SentPackets#mayResend].
    boolean mayResend(long out, long nowNanos, long quietNanos) {
        return sent.mayResend(out, nowNanos, quietNanos);
    }

    /// False for what the viewer does not decode, and shall not ask for, or what has no place among its pictures.
    private boolean mapPicture(CachedPacket packet, PacketRewrite rewrite, PacketSender sender) {
        SourceStream stream = packet.stream();
        Codec codec = packet.codec;
        if (codec == null || !sender.matches(codec)) {
            sequence.drop(stream, packet.extSeq);
            return false;
        }
        boolean padding = packet.payloadBytes == 0;
        if (padding && sequence.drop(stream, packet.extSeq)) {
            return false;
        }
        if (padding || !PacketSender.hasPictureIds(codec)) {
            rewrite.keepPictureIds(packet);
            return true;
        }
        if (!pictureIds.map(stream.key(), packet.frame)) {
            sequence.drop(stream, packet.extSeq);
            return false;
        }
        rewrite.pictureId = pictureIds.pictureId();
        rewrite.tl0PicIdx = pictureIds.tl0PicIdx();
        return true;
    }
}
