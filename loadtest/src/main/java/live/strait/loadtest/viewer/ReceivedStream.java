package live.strait.loadtest.viewer;

import live.strait.protocol.bytes.SequenceUnwrapper;
import live.strait.protocol.rtcp.ReceptionStatistics;
import live.strait.protocol.rtcp.ReportBlock;
import live.strait.protocol.rtp.RtpView;

/// The receiver's books of one SSRC.
final class ReceivedStream {
    final int ssrc;
    final boolean video;
    private final int clockRate;
    private final SequenceUnwrapper unwrapper = new SequenceUnwrapper();
    private final ReceptionStatistics reception = new ReceptionStatistics();

    ReceivedStream(int ssrc, boolean video, int clockRate) {
        this.ssrc = ssrc;
        this.video = video;
        this.clockRate = clockRate;
    }

    void onPacket(RtpView packet, long arrivalNanos) {
        reception.onPacket(unwrapper.unwrap(packet.sequenceNumber()), packet.timestamp(), arrivalNanos, clockRate);
    }

    void onSenderReport(long ntpTime, long arrivalNanos) {
        reception.onSenderReport(ntpTime, arrivalNanos);
    }

    ReportBlock report(long nowNanos) {
        return reception.build(ssrc, nowNanos);
    }
}
