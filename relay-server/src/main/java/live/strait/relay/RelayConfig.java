package live.strait.relay;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import live.strait.protocol.crypto.CryptoChoice;
import live.strait.protocol.crypto.CryptoEngine;
import live.strait.protocol.crypto.CryptoLibrary;
import live.strait.protocol.crypto.CryptoUnavailableException;
import live.strait.relay.config.Setting;
import live.strait.relay.config.Setting.Section;
import live.strait.relay.edge.EdgeOptions;
import live.strait.relay.edge.UdpWay;
import live.strait.relay.room.RoomLimits;
import live.strait.signaling.http.HttpOptions;
import live.strait.signaling.http.TrustedProxies;
import live.strait.signaling.token.TokenKey;
import live.strait.signaling.token.TokenKeys;
import org.jspecify.annotations.Nullable;

/// What one YAML file says about a node; `docs/config.md` lists the keys.
///
/// Read once at start by [live.strait.relay.config.ConfigReader]. Component names are the keys of the file, so
/// renaming one changes what operators write.
public record RelayConfig(
        @Section("Pages, WHIP and WHEP.") Http http,
        @Section("RTP and ICE, all on one port.") Media media,

        @Section("How much the node takes on; beyond it newcomers are refused with a sentence.")
        Limits limits,

        @Section("Who may come in.") Tokens tokens,

        @Section("What outlives the process.") Data data,

        @Section("By which library packets are sealed and opened; the log says at start which, and what it costs.")
        Crypto crypto,

        @Section("What is written to standard error, one line for each event.")
        Log log) {

    /// The same on other ports and with another directory.
    RelayConfig with(int httpPort, int mediaPort, Path directory) {
        return new RelayConfig(
                new Http(http.host(), httpPort, http.tls(), http.trustedProxies(), http.iceServers()),
                new Media(
                        media.bind(),
                        mediaPort,
                        media.publicAddresses(),
                        media.loops(),
                        media.tcp(),
                        media.socketBufferBytes(),
                        media.udp()),
                limits,
                tokens,
                new Data(directory),
                crypto,
                log);
    }

    /// What a [Node] takes of it.
    ///
    /// @param open whether who brings no token may do everything
    /// @param engine what [Crypto#choose] has chosen
    Node.NodeOptions toNodeOptions(boolean open, CryptoEngine engine) {
        HttpOptions front = http.toHttpOptions();
        return new Node.NodeOptions(
                open ? front.openToEverybody() : front,
                media.toEdgeOptions(),
                media.publicAddresses(),
                limits.toRoomLimits(),
                data.directory(),
                engine);
    }

    /// Of the HTTP front.
    public record Http(
            @Setting(
                    byDefault = "0.0.0.0",
                    unit = "IP address",
                    doc = "Where to listen; 0.0.0.0 is everywhere, IPv6 included.")
            String host,

            @Setting(
                    byDefault = "8080",
                    unit = "TCP port",
                    max = 65535,
                    doc = "Where to listen; 0 takes any free port.")
            int port,

            @Section(
                    "With both files HTTPS and HTTP/2 are spoken; browsers give a camera to pages of localhost or https only.")
            Tls tls,

            @Setting(
                    unit = "IP addresses or CIDR blocks",
                    doc = "The reverse proxies in front, whose X-Forwarded-For is believed.")
            List<String> trustedProxies,

            @Setting(
                    unit = "list",
                    doc = "STUN and TURN servers that clients are told of; a reachable node needs none.")
            List<IceServer> iceServers) {
        public Http {
            var _ = new TrustedProxies(trustedProxies);
        }

        HttpOptions toHttpOptions() {
            return new HttpOptions(
                    host,
                    port,
                    false,
                    tls.toTls(),
                    new TrustedProxies(trustedProxies),
                    iceServers.stream().map(IceServer::toIceServer).toList());
        }
    }

    /// Either both files or none.
    public record Tls(
            @Setting(unit = "PEM file, from the folder of this file", doc = "The certificate with its chain.") @Nullable
            Path certificate,

            @Setting(unit = "PEM file, from the folder of this file", doc = "Its private key, in PKCS 8.") @Nullable
            Path key) {
        public Tls {
            if ((certificate == null) != (key == null)) {
                throw new IllegalArgumentException("give both certificate and key, or none of them");
            }
        }

        HttpOptions.@Nullable Tls toTls() {
            return certificate == null || key == null ? null : new HttpOptions.Tls(certificate, key);
        }
    }

    /// For clients whose network lets them reach the node in no other way.
    public record IceServer(
            @Setting(
                    byDefault = Setting.REQUIRED,
                    unit = "stun:HOST or turn:HOST",
                    doc = "Which server (RFC 7064, RFC 7065).")
            String uri,

            @Setting(unit = "text", doc = "Needed for TURN.") @Nullable
            String username,

            @Setting(unit = "text", doc = "Needed for TURN; every client learns it.") @Nullable
            String credential) {

        public IceServer {
            // It knows what a URI of ICE looks like and what TURN needs.
            var _ = new live.strait.signaling.http.IceServer(uri, username, credential);
        }

        live.strait.signaling.http.IceServer toIceServer() {
            return new live.strait.signaling.http.IceServer(uri, username, credential);
        }

        /// Credentials stay out of logs.
        @Override
        public String toString() {
            return "IceServer[" + uri + "]";
        }
    }

    /// Of the media sockets.
    public record Media(
            @Setting(
                    byDefault = "0.0.0.0",
                    unit = "IP address",
                    doc = "Where to receive; 0.0.0.0 is everywhere, IPv6 included.")
            InetAddress bind,

            @Setting(
                    byDefault = "8443",
                    unit = "UDP and TCP port",
                    max = 65535,
                    doc = "One number for all media of all sessions; 0 takes any free port.")
            int port,

            @Setting(
                    unit = "IP addresses",
                    doc = "Told to clients instead of the interfaces' addresses, as behind a 1:1 NAT.")
            List<InetAddress> publicAddresses,

            @Setting(byDefault = "0", unit = "threads", max = 256, doc = "Media loops; 0 is one for each core.")
            int loops,

            @Setting(
                    byDefault = "true",
                    unit = "true or false",
                    doc = "Whether media may come over TCP where UDP is blocked (RFC 6544).")
            boolean tcp,

            @Setting(
                    byDefault = "4194304",
                    unit = "bytes",
                    min = 65536,
                    max = 1 << 30,
                    doc =
                            "Asked of the kernel for each socket and direction; it grants net.core.rmem_max and wmem_max at most.")
            int socketBufferBytes,

            @Setting(
                    byDefault = "auto",
                    unit = "auto, batch or netty",
                    doc =
                            "How UDP comes and leaves: batch is recvmmsg with the kernel's times and sendmmsg with segmentation, by foreign functions (64-bit Linux), netty the portable way.")
            UdpWay udp) {

        EdgeOptions toEdgeOptions() {
            int threads = loops == 0 ? Runtime.getRuntime().availableProcessors() : loops;
            return new EdgeOptions(new InetSocketAddress(bind, port), threads, tcp, socketBufferBytes, udp);
        }
    }

    /// Of the node, of rooms and of client addresses.
    public record Limits(
            @Setting(
                    byDefault = "10000",
                    unit = "sessions",
                    min = 1,
                    doc = "On the node, publishers and viewers together.")
            int maxSessions,

            @Setting(byDefault = "1000", unit = "rooms", min = 1, doc = "On the node.")
            int maxRooms,

            @Setting(byDefault = "4", unit = "publications", min = 1, doc = "In one room: the host and its cohosts.")
            int maxPublications,

            @Setting(
                    byDefault = "64",
                    unit = "sessions",
                    min = 1,
                    doc =
                            "From one client address and not connected yet; connected ones are not counted, as many viewers may share an address.")
            int maxHalfOpenPerAddress,

            @Setting(
                    byDefault = "60",
                    unit = "seconds",
                    doc = "How long an ended room says so before its name is free again.")
            int endedRoomKeptSeconds) {

        RoomLimits toRoomLimits() {
            return new RoomLimits(maxSessions, maxRooms, maxPublications, maxHalfOpenPerAddress, endedRoomKeptSeconds);
        }
    }

    /// The keys of tokens.
    public record Tokens(
            @Setting(
                    unit = "list",
                    doc =
                            "The first key signs for strait token, all of them verify; without any, only serve --dev starts.")
            List<SigningKey> keys) {

        /// @throws IllegalArgumentException never for what the reader let pass, but for two keys of one name
        public Tokens {
            var _ = new TokenKeys(keys.stream().map(SigningKey::toTokenKey).toList());
        }

        public TokenKeys toTokenKeys() {
            return new TokenKeys(keys.stream().map(SigningKey::toTokenKey).toList());
        }
    }

    /// One key, whose secrets stay out of logs.
    public record SigningKey(
            @Setting(byDefault = "default", unit = "text", doc = "Its name, the header kid of tokens.")
            String kid,

            @Setting(byDefault = "HS256", unit = "HS256 or EdDSA", doc = "A shared secret, or a pair of Ed25519 keys.")
            Algorithm alg,

            @Setting(
                    unit = "32 bytes or more, as text or base64:...",
                    doc = "For HS256; openssl rand -base64 32 makes one.")
            @Nullable
            String secret,

            @Setting(unit = "PEM or base64 of its DER", doc = "For EdDSA: verifies tokens.") @Nullable
            String publicKey,

            @Setting(
                    unit = "PEM or base64 of its DER",
                    doc = "For EdDSA: makes tokens; a node that only verifies needs none.")
            @Nullable
            String privateKey) {

        public SigningKey {
            toTokenKey(kid, alg, secret, publicKey, privateKey);
        }

        TokenKey toTokenKey() {
            return toTokenKey(kid, alg, secret, publicKey, privateKey);
        }

        private static TokenKey toTokenKey(
                String kid,
                Algorithm alg,
                @Nullable String secret,
                @Nullable String publicKey,
                @Nullable String privateKey) {
            return switch (alg) {
                case HS256 -> {
                    if (secret == null || publicKey != null || privateKey != null) {
                        throw new IllegalArgumentException(
                                "key " + kid + ": HS256 takes a secret, and no publicKey or privateKey");
                    }
                    yield TokenKey.hs256(kid, secret);
                }
                case EDDSA -> {
                    if (secret != null) {
                        throw new IllegalArgumentException(
                                "key " + kid + ": EdDSA takes publicKey or privateKey, and no secret");
                    }
                    yield TokenKey.ed25519(kid, publicKey, privateKey);
                }
            };
        }

        @Override
        public String toString() {
            return "SigningKey[" + kid + ", " + alg + "]";
        }
    }

    /// Of the disk.
    public record Data(
            @Setting(
                    byDefault = "data",
                    unit = "directory, from the folder of this file",
                    doc =
                            "Holds the node's own key, by which viewers are known again, and the journal of questions; made if it is not there.")
            Path directory) {}

    /// Of SRTP.
    public record Crypto(
            @Setting(
                    byDefault = "auto",
                    unit = "auto, ipsec-mb, openssl or jdk",
                    doc =
                            "auto takes the fastest that is installed, libipsec-mb as a rule (Debian: libipsec-mb1); with another one the node starts with that or not at all.")
            Engine engine) {

        /// Finds and tries the engine.
        ///
        /// @throws IllegalArgumentException when the one that is asked for cannot be used, with the remedy
        CryptoChoice choose() {
            try {
                return switch (engine) {
                    case AUTO -> CryptoChoice.fastest(System::nanoTime);
                    case IPSEC_MB -> CryptoChoice.of(CryptoLibrary.IPSEC_MB, System::nanoTime);
                    case OPENSSL -> CryptoChoice.of(CryptoLibrary.OPENSSL, System::nanoTime);
                    case JDK -> CryptoChoice.of(CryptoLibrary.JDK, System::nanoTime);
                };
            } catch (CryptoUnavailableException e) {
                throw new IllegalArgumentException(
                        "crypto.engine is " + engine + ", but " + e.getMessage()
                                + ": mend that, or let crypto.engine be auto",
                        e);
            }
        }
    }

    /// What seals.
    public enum Engine {
        AUTO,
        IPSEC_MB,
        OPENSSL,
        JDK;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /// How a key signs (RFC 7518, RFC 8037).
    public enum Algorithm {
        HS256,
        EDDSA;

        @Override
        public String toString() {
            return this == EDDSA ? "EdDSA" : name();
        }
    }

    /// Of the log.
    public record Log(
            @Setting(
                    byDefault = "info",
                    unit = "error, warn, info, debug or trace",
                    doc = "The least important events to show.")
            Level level) {}

    /// As SLF4J has them.
    public enum Level {
        ERROR,
        WARN,
        INFO,
        DEBUG,
        TRACE;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
