package live.strait.protocol.link;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// A kind of network: the settings it starts with and the timeline of their changes, in the emulator's grammar.
///
/// ```
/// # 4G on a train
/// both delay 35ms jitter 10ms loss 0.5% queue 300ms
/// l2r rate 2mbit
/// r2l rate 8mbit
/// at 15s both down
/// at 17s both up rate 1mbit
/// at 40s restart
/// ```
/// `#` begins a comment. Words of a line are those of [LinkSettings].
public final class LinkProfile {
    private static final List<String> NAMES = List.of(
            "perfect",
            "fibre-eu",
            "us-west-to-sg",
            "eu-to-sea",
            "sea-4g",
            "sea-3g-weak",
            "train-handover",
            "wifi-crowded",
            "lossy-20",
            "cap-300k");
    private static final double LATEST_STEP_NANOS = 1e6 * 1e9;
    /// A sooner restart would run for ever within one instant.
    private static final double EARLIEST_RESTART_NANOS = 1e6;

    private final String name;
    private final List<LinkSettings> initial;
    private final List<Step> steps;

    private LinkProfile(String name, List<LinkSettings> initial, List<Step> steps) {
        this.name = name;
        this.initial = initial;
        this.steps = steps;
    }

    /// A change at a time after the start of the timeline.
    record Step(long atNanos, LinkSettings settings) {}

    /// The profiles that come with the project, from good to bad.
    public static List<String> names() {
        return NAMES;
    }

    /// The profile of that name; an [IllegalArgumentException] lists the names there are.
    public static LinkProfile named(String name) {
        if (!NAMES.contains(name)) {
            throw new IllegalArgumentException("no link profile '" + name + "'; there are " + String.join(", ", NAMES));
        }
        try (InputStream text = LinkProfile.class.getResourceAsStream("profiles/" + name + ".conf")) {
            if (text == null) {
                throw new IllegalStateException("link profile " + name + " is not on the class path");
            }
            return parse(name, new String(text.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("link profile " + name, e);
        }
    }

    /// Reads a profile; an [IllegalArgumentException] tells `name`, the line and the word that is wrong.
    public static LinkProfile parse(String name, String text) {
        List<LinkSettings> initial = new ArrayList<>();
        List<Step> steps = new ArrayList<>();
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            try {
                parseLine(line.replaceFirst("#.*", "").strip(), initial, steps);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(name + ":" + number + ": " + e.getMessage(), e);
            }
        }
        steps.sort(Comparator.comparingLong(Step::atNanos));
        return new LinkProfile(name, List.copyOf(initial), List.copyOf(steps));
    }

    private static void parseLine(String line, List<LinkSettings> initial, List<Step> steps) {
        if (!line.matches("at\\s.*")) {
            LinkSettings settings = LinkSettings.parse(line);
            if (settings.isRestart()) {
                throw new IllegalArgumentException("restart wants a time: at 40s restart");
            }
            initial.add(settings);
            return;
        }
        String[] words = line.split("\\s+", 3);
        double at = LinkSettings.time("at", words[1], LATEST_STEP_NANOS);
        if (words.length < 3) {
            throw new IllegalArgumentException("at wants settings behind its time");
        }
        LinkSettings settings = LinkSettings.parse(words[2]);
        if (settings.isRestart() && at < EARLIEST_RESTART_NANOS) {
            throw new IllegalArgumentException("restart wants a time of 1ms or more");
        }
        steps.add(new Step((long) at, settings));
    }

    public String name() {
        return name;
    }

    List<Step> steps() {
        return steps;
    }

    LinkConditions initialConditions(LinkDirection direction) {
        LinkConditions conditions = new LinkConditions();
        for (LinkSettings settings : initial) {
            settings.applyTo(conditions, direction);
        }
        return conditions;
    }

    @Override
    public String toString() {
        return name;
    }
}
