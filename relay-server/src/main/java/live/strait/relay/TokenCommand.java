package live.strait.relay;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import live.strait.relay.config.ConfigException;
import live.strait.relay.config.ConfigReader;
import live.strait.signaling.message.Role;
import live.strait.signaling.token.Grant;
import live.strait.signaling.token.TokenIssuer;
import live.strait.signaling.token.TokenKey;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/// `strait token`: signs what somebody may do in a room, and prints the token alone, for scripts.
@Command(
        name = "token",
        description = "Makes a token that lets its bearer into a room.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "Example: strait token --config strait.yaml --room demo --role host --subject ann",
            "Use it as 'Authorization: Bearer TOKEN', or in a link as ?token=TOKEN."
        })
final class TokenCommand implements Callable<Integer> {
    @ArgGroup(multiplicity = "1")
    private Source source = new Source();

    @Option(
            names = "--kid",
            paramLabel = "NAME",
            description = "The key to sign with (default: the first one; with --secret: default).")
    private @Nullable String kid;

    @Option(names = "--room", required = true, paramLabel = "ROOM", description = "The room; * is every room.")
    private String room = "";

    @Option(
            names = "--role",
            required = true,
            paramLabel = "ROLE",
            converter = RoleName.class,
            description = "host, cohost, viewer or monitor.")
    private Role role = Role.VIEWER;

    @Option(
            names = "--subject",
            paramLabel = "NAME",
            description =
                    "Who it is for; a host with the same name takes over from itself (default: the role). A viewer's "
                            + "token without one is a link to be shared: each who opens it is a viewer of their own.")
    private @Nullable String subject;

    @Option(
            names = "--expires",
            paramLabel = "TIME",
            defaultValue = "12h",
            converter = TimeSpan.class,
            description = "Until when from now: 90s, 30m, 12h, 7d (default: ${DEFAULT-VALUE}).")
    private Duration expires = Duration.ofHours(12);

    @Override
    public Integer call() throws ConfigException {
        InstantSource clock = InstantSource.system();
        Grant grant = new Grant(
                room,
                role,
                subject == null && role.publishes() ? role.claim() : subject,
                clock.instant().plus(expires));
        System.out.println(new TokenIssuer(key(), clock).issue(grant));
        return 0;
    }

    private TokenKey key() throws ConfigException {
        if (source.secret != null) {
            return TokenKey.hs256(kid == null ? "default" : kid, source.secret);
        }
        Path file = source.config;
        if (file == null) {
            throw new IllegalArgumentException("give --config or --secret");
        }
        List<TokenKey> keys = ConfigReader.read(RelayConfig.class, file)
                .tokens()
                .toTokenKeys()
                .keys();
        return keys.stream()
                .filter(key -> kid == null || key.kid().equals(kid))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        kid == null
                                ? file + " has no key to sign with: add one below tokens.keys"
                                : file + " has no key " + kid + " below tokens.keys"));
    }

    /// Where the key comes from.
    static final class Source {
        @Option(names = "--config", required = true, paramLabel = "FILE", description = "The node's configuration.")
        private @Nullable Path config;

        @Option(
                names = "--secret",
                required = true,
                paramLabel = "TEXT",
                description = "An HS256 secret; other users of the machine may see it in the list of processes.")
        private @Nullable String secret;
    }

    /// The words of the `role` claim but `guest`, which only a node gives, with a place on its stage.
    static final class RoleName implements ITypeConverter<Role> {
        @Override
        public Role convert(String value) {
            for (Role role : Role.values()) {
                if (role != Role.GUEST && role.claim().equals(value.toLowerCase(Locale.ROOT))) {
                    return role;
                }
            }
            throw new TypeConversionException("a role is host, cohost, viewer or monitor, not " + value);
        }
    }

    /// A number and s, m, h or d.
    static final class TimeSpan implements ITypeConverter<Duration> {
        private static final Pattern FORM = Pattern.compile("([1-9][0-9]{0,5})([smhd])");

        @Override
        public Duration convert(String value) {
            Matcher matcher = FORM.matcher(value);
            if (!matcher.matches()) {
                throw new TypeConversionException("a time is a number with s, m, h or d, as in 12h, not " + value);
            }
            long count = Long.parseLong(matcher.group(1));
            return switch (matcher.group(2)) {
                case "s" -> Duration.ofSeconds(count);
                case "m" -> Duration.ofMinutes(count);
                case "h" -> Duration.ofHours(count);
                default -> Duration.ofDays(count);
            };
        }
    }
}
