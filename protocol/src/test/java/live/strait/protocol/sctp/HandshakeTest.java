package live.strait.protocol.sctp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;
import live.strait.protocol.demux.DropReason;
import live.strait.protocol.link.LinkProfile;
import live.strait.protocol.link.PeerPair;
import live.strait.protocol.sctp.chunk.ChunkReader;
import live.strait.protocol.sctp.chunk.ChunkType;
import live.strait.protocol.sctp.chunk.InitChunk;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HandshakeTest {
    /// An INIT of the shape of Chromium's: a window of 5 MiB, 65535 streams, FORWARD TSN and RE-CONFIG.
    private static final String CHROMIUM = "0100001e 8f1e3ac5 00500000 ffff ffff 5ea1beef c0000004 80080006 82c00000";

    /// An INIT of the shape of usrsctp's as in libdatachannel: ECN, FORWARD TSN, ASCONF and AUTH among the
    /// extensions, random number, HMACs and chunks of AUTH, zero checksum.
    private static final String USRSCTP = "01000064 11223344 00020000 0800 0800 99aabbcc 80000004 c0000004"
            + "8008000a c1800fc0 82400000 80020024" + "ab".repeat(32) + "80040006 0001 0000 80030006 c180 0000"
            + "80010008 00000001";

    private static byte[] hex(String words) {
        return HexFormat.of().parseHex(words.replace(" ", ""));
    }

    private static InitChunk answerTo(Peerling node, String init) {
        assertThat(node.feed(0, Peerling.packet(0, hex(init)))).isNull();
        List<byte[]> answer = node.transmit(0);
        assertThat(answer).hasSize(1);
        ByteBuffer packet = ByteBuffer.wrap(answer.getFirst());
        assertThat(packet.getInt(4))
                .as("verification tag")
                .isEqualTo(ByteBuffer.wrap(hex(init)).getInt(4));
        ChunkReader chunks = new ChunkReader();
        chunks.wrap(PacketHeader.body(packet));
        assertThat(chunks.next()).isTrue();
        assertThat(chunks.type()).isEqualTo(ChunkType.INIT_ACK);
        InitChunk ack = Objects.requireNonNull(InitChunk.read(chunks.value()));
        assertThat(chunks.next()).as("INIT ACK stands alone").isFalse();
        return ack;
    }

    @Test
    void chromiumsInitIsAnsweredWithACookie() {
        InitChunk ack = answerTo(new Peerling(1), CHROMIUM);
        assertThat(ack.parameters().cookie()).isNotNull();
        assertThat(ack.parameters().forwardTsn()).isTrue();
        assertThat(ack.parameters().reconfiguration()).isTrue();
        assertThat(ack.parameters().zeroChecksum()).as("not offered").isFalse();
    }

    @Test
    void usrsctpsParametersOfOtherExtensionsAreReadOver() {
        Peerling node = new Peerling(1);
        InitChunk ack = answerTo(node, USRSCTP);
        byte[] echo = new byte[20];
        ByteBuffer.wrap(echo).putInt(0x0a000014).put(ack.parameters().cookie());
        assertThat(node.feed(0, Peerling.packet(ack.initiateTag(), echo))).isNull();
        assertThat(node.isEstablished()).isTrue();
        assertThat(Peerling.types(node.transmit(0).getFirst())).containsExactly(ChunkType.COOKIE_ACK);
        assertThat(node.association.peer()).isEqualTo(new Peer(0x11223344, 0x99aabbcc, 0x20000, 0x800, true, true));
    }

    /// Type 0xc0aa is skipped and reported, 0x80aa skipped, 0x40aa ends the reading and is reported, so that what
    /// follows it is not seen.
    @Test
    void unknownParametersAreTreatedByTheirHighBits() {
        String init = "01000028 8f1e3ac5 00500000 ffff ffff 5ea1beef c0aa0004 80aa0004 40aa0004 c0000004 c0ab0004";
        Peerling node = new Peerling(1);
        node.feed(0, Peerling.packet(0, hex(init)));
        String answer = HexFormat.of().formatHex(node.transmit(0).getFirst());
        assertThat(answer).contains("00080008c0aa0004").contains("0008000840aa0004");
        assertThat(answer).doesNotContain("80aa0004").doesNotContain("c0ab0004");
    }

    @Test
    void initThatContradictsItselfIsDropped() {
        Peerling node = new Peerling(1);
        String noTag = "0100001e 00000000 00500000 ffff ffff 5ea1beef c0000004 80080006 82c00000";
        String noStreams = "0100001e 8f1e3ac5 00500000 0000 ffff 5ea1beef c0000004 80080006 82c00000";
        String longParameter = "0100001e 8f1e3ac5 00500000 ffff ffff 5ea1beef c0000004 80080016 82c00000";
        for (String init : List.of(noTag, noStreams, longParameter)) {
            assertThat(node.feed(0, Peerling.packet(0, hex(init)))).isEqualTo(DropReason.SCTP_MALFORMED);
        }
        assertThat(node.feed(0, Peerling.packet(7, hex(CHROMIUM)))).isEqualTo(DropReason.SCTP_UNKNOWN_ASSOCIATION);
        assertThat(node.transmit(0)).isEmpty();
    }

    @Test
    void onlyOneSideNeedsToConnect() {
        Peerling left = new Peerling(1);
        Peerling right = new Peerling(2);
        left.association.connect(0);
        left.say(0, "hello");
        Peerling.exchange(0, left, right);
        assertThat(left.isEstablished()).isTrue();
        assertThat(right.texts).containsExactly("hello");
    }

    @ParameterizedTest
    @CsvSource({
        "delay 40ms loss 40%",
        "delay 40ms jitter 39ms reorder on dup 40% loss 10%",
        "delay 200ms jitter 100ms reorder on dup 20% loss 20%"
    })
    void collisionEndsWellWhateverIsLostOrLate(String link) {
        for (long seed = 1; seed <= 60; seed++) {
            Peerling left = new Peerling(seed);
            Peerling right = new Peerling(seed + 1000);
            left.association.connect(0);
            if (seed % 3 != 0) {
                right.association.connect(0);
            }
            left.say(0, "from left");
            right.say(0, "from right");
            PeerPair pair = new PeerPair(left, right, LinkProfile.parse("link", link), seed);
            pair.runUntil(
                    () -> left.texts.contains("from right") && right.texts.contains("from left"),
                    Duration.ofSeconds(20));
            pair.runFor(Duration.ofSeconds(5));
            pair.check(() -> assertThat(left.events).hasSize(2));
            pair.check(() -> assertThat(right.events).hasSize(2));
        }
    }

    @Test
    void collisionOnAGoodLinkTakesThreeHalvesOfARoundTrip() {
        Peerling left = new Peerling(1);
        Peerling right = new Peerling(2);
        left.association.connect(0);
        right.association.connect(0);
        PeerPair pair = new PeerPair(left, right, LinkProfile.parse("link", "delay 100ms"), 1);
        pair.runUntil(() -> left.isEstablished() && right.isEstablished(), Duration.ofMillis(310));
    }

    @Test
    void lateCopiesOfTheHandshakeDoNotDisturb() {
        Peerling left = new Peerling(1);
        Peerling right = new Peerling(2);
        Peerling.establish(left, right);
        for (byte[] late : List.copyOf(left.sent)) {
            right.feed(1, late);
        }
        for (byte[] late : List.copyOf(right.sent)) {
            left.feed(1, late);
        }
        Peerling.exchange(1, left, right);
        left.say(1, "still there");
        Peerling.exchange(1, left, right);
        assertThat(right.texts).containsExactly("still there");
        assertThat(left.endCause()).isNull();
    }

    @Test
    void foreignInitAloneEndsNothing() {
        Peerling left = new Peerling(1);
        Peerling right = new Peerling(2);
        Peerling.establish(left, right);
        right.feed(1, Peerling.packet(0, hex(CHROMIUM)));
        right.transmit(1);
        left.say(1, "still there");
        Peerling.exchange(1, left, right);
        assertThat(right.texts).containsExactly("still there");
    }

    @Test
    void peerThatBeginsAnewEndsTheAssociation() {
        Peerling left = new Peerling(1);
        Peerling right = new Peerling(2);
        Peerling.establish(left, right);
        Peerling again = new Peerling(3);
        again.association.connect(1);
        Peerling.exchange(1, again, right);
        assertThat(right.endCause()).isEqualTo("the SCTP peer began anew");
    }

    @Test
    void handshakeWithoutAnswerEndsAfterTwentySeconds() {
        Peerling left = new Peerling(1);
        left.association.connect(0);
        PeerPair pair = new PeerPair(left, new Peerling(2), LinkProfile.parse("link", "loss 100%"), 1);
        pair.runFor(Duration.ofSeconds(19));
        assertThat(left.endCause()).isNull();
        assertThat(left.sent.size()).as("INITs").isBetween(45, 50);
        pair.runFor(Duration.ofSeconds(3));
        assertThat(left.endCause()).isEqualTo("no answer to the SCTP handshake");
        assertThat(left.nextDeadlineNanos()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void tagsAndTsnsMayBeAnythingButNoTagIsZero() {
        RandomGenerator zeroFirst = new RandomGenerator() {
            private int calls;

            @Override
            public long nextLong() {
                return calls++ == 0 ? 0 : -1;
            }
        };
        Peerling left = new Peerling(zeroFirst);
        Peerling right = new Peerling(2);
        left.say(0, "x".repeat(5000));
        Peerling.establish(left, right);
        assertThat(left.localTag()).isEqualTo(-1);
        assertThat(right.texts).containsExactly("x".repeat(5000));
    }
}
