package live.strait.protocol.link;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One line of settings, such as `rate 300kbit l2r loss 10%`, checked and ready to be applied.
///
/// `both`, `l2r` and `r2l` say which way the words after them are for, at first both. The words are those of the
/// emulator: `delay 40ms`, `jitter 15ms`, `dist uniform|normal|exponential`, `reorder on|off`, `loss 2%`,
/// `burst 8% 4` (mean loss, mean length) or `ge 2% 25%` (Gilbert-Elliott p and r), `rate 4mbit|unlimited`,
/// `queue 300ms|64kB`, `dup 1%`, `corrupt 0.1%`, `down`, `stall`, `up`, `restart`.
///
/// @param isRestart goes back to the start (settings, timeline, fates) before the clauses are applied
record LinkSettings(List<Clause> clauses, boolean isRestart) {
    private static final double HOUR = 3600e9;
    private static final Pattern QUANTITY =
            Pattern.compile("([+-]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d+)?)([A-Za-z%]*)");

    LinkSettings {
        clauses = List.copyOf(clauses);
    }

    /// One setting for one direction, or for both when it is null.
    record Clause(@Nullable LinkDirection only, Consumer<LinkConditions> setting) {}

    /// A unit of measure and what it is in the base unit.
    private record MeasureUnit(String name, double factor) {}

    private static final List<MeasureUnit> TIME =
            List.of(new MeasureUnit("us", 1e3), new MeasureUnit("ms", 1e6), new MeasureUnit("s", 1e9));
    private static final List<MeasureUnit> RATE = List.of(
            new MeasureUnit("bit", 1),
            new MeasureUnit("kbit", 1e3),
            new MeasureUnit("mbit", 1e6),
            new MeasureUnit("gbit", 1e9));
    private static final List<MeasureUnit> SIZE =
            List.of(new MeasureUnit("b", 1), new MeasureUnit("kb", 1e3), new MeasureUnit("mb", 1e6));
    private static final List<MeasureUnit> PERCENT = List.of(new MeasureUnit("%", 0.01));
    private static final List<MeasureUnit> COUNT = List.of(new MeasureUnit("", 1));

    /// Reads a line; an [IllegalArgumentException] names the word where it goes wrong.
    static LinkSettings parse(String text) {
        List<Clause> clauses = new ArrayList<>();
        boolean restart = false;
        LinkDirection only = null;
        Queue<String> words = new ArrayDeque<>(Arrays.asList(text.strip().split("[\\s,;]+")));
        for (String word = words.poll(); word != null; word = words.poll()) {
            switch (word) {
                case "" -> {}
                case "both" -> only = null;
                case "l2r" -> only = LinkDirection.LEFT_TO_RIGHT;
                case "r2l" -> only = LinkDirection.RIGHT_TO_LEFT;
                case "restart" -> restart = true;
                default -> clauses.add(new Clause(only, setting(word, words)));
            }
        }
        return new LinkSettings(clauses, restart);
    }

    /// A time such as `40s`, in nanoseconds; as the timeline of a profile has it too.
    static double time(String setting, @Nullable String word, double mostNanos) {
        return quantity(setting, word, TIME, 0, mostNanos);
    }

    void applyTo(LinkConditions conditions, LinkDirection direction) {
        for (Clause clause : clauses) {
            if (clause.only == null || clause.only == direction) {
                clause.setting.accept(conditions);
            }
        }
    }

    private static Consumer<LinkConditions> setting(String name, Queue<String> words) {
        return switch (name) {
            case "up" -> conditions -> conditions.state = LinkConditions.State.UP;
            case "down" -> conditions -> conditions.state = LinkConditions.State.DOWN;
            case "stall" -> conditions -> conditions.state = LinkConditions.State.STALL;
            case "delay" -> {
                double nanos = time(name, words.poll(), HOUR);
                yield conditions -> conditions.delayNanos = nanos;
            }
            case "jitter" -> {
                double nanos = time(name, words.poll(), HOUR);
                yield conditions -> conditions.jitterNanos = nanos;
            }
            case "dist" -> distribution(words.poll());
            case "reorder" -> reorder(words.poll());
            case "loss" -> {
                double share = share(name, words.poll());
                yield conditions -> conditions.loss = share;
            }
            case "dup" -> {
                double share = share(name, words.poll());
                yield conditions -> conditions.duplication = share;
            }
            case "corrupt" -> {
                double share = share(name, words.poll());
                yield conditions -> conditions.corruption = share;
            }
            case "ge" -> gilbertElliott(share(name, words.poll()), quantity(name, words.poll(), PERCENT, 1e-6, 1));
            case "burst" -> burst(words.poll(), words.poll());
            case "rate" -> rate(words.poll());
            case "queue" -> queue(words.poll());
            default -> throw new IllegalArgumentException("unknown setting '" + name + "'");
        };
    }

    private static Consumer<LinkConditions> distribution(@Nullable String word) {
        for (LinkConditions.Distribution choice : LinkConditions.Distribution.values()) {
            if (choice.name().toLowerCase(Locale.ROOT).equals(word)) {
                return conditions -> conditions.distribution = choice;
            }
        }
        throw wrong("dist", word, "uniform, normal or exponential");
    }

    private static Consumer<LinkConditions> reorder(@Nullable String word) {
        boolean on = "on".equals(word);
        if (!on && !"off".equals(word)) {
            throw wrong("reorder", word, "on or off");
        }
        return conditions -> conditions.reorder = on;
    }

    /// The same chain by mean loss and mean length: leaves the bad state with 1/length.
    private static Consumer<LinkConditions> burst(@Nullable String shareWord, @Nullable String lengthWord) {
        double share = quantity("burst", shareWord, PERCENT, 0, 0.99);
        double badToGood = 1 / quantity("burst", lengthWord, COUNT, 1, 1e6);
        double goodToBad = badToGood * share / (1 - share);
        if (goodToBad > 1) {
            throw wrong("burst", shareWord, "a mean loss that bursts of " + lengthWord + " can reach");
        }
        return gilbertElliott(goodToBad, badToGood);
    }

    private static Consumer<LinkConditions> gilbertElliott(double goodToBad, double badToGood) {
        return conditions -> {
            conditions.goodToBad = goodToBad;
            conditions.badToGood = badToGood;
        };
    }

    private static Consumer<LinkConditions> rate(@Nullable String word) {
        double bps = "unlimited".equals(word) ? Double.POSITIVE_INFINITY : quantity("rate", word, RATE, 1, 1e12);
        return conditions -> conditions.rateBps = bps;
    }

    private static Consumer<LinkConditions> queue(@Nullable String word) {
        Double nanos = measure(word, TIME);
        if (nanos != null && nanos >= 0 && nanos <= HOUR) {
            return conditions -> {
                conditions.queueNanos = nanos;
                conditions.queueBytes = 0;
            };
        }
        Double bytes = measure(word, SIZE);
        if (bytes == null || bytes < 1 || bytes > 1e9) {
            throw wrong("queue", word, "a time such as 300ms or a size such as 64kB");
        }
        return conditions -> conditions.queueBytes = bytes;
    }

    private static double share(String setting, @Nullable String word) {
        return quantity(setting, word, PERCENT, 0, 1);
    }

    private static double quantity(
            String setting, @Nullable String word, List<MeasureUnit> units, double least, double most) {
        Double value = measure(word, units);
        if (value == null || value < least || value > most) {
            List<String> names = units.stream().map(MeasureUnit::name).toList();
            String unit = names.equals(List.of("")) ? "a plain number" : "a number in " + String.join(", ", names);
            throw wrong(setting, word, unit + " within range");
        }
        return value;
    }

    private static @Nullable Double measure(@Nullable String word, List<MeasureUnit> units) {
        Matcher matcher = QUANTITY.matcher(word == null ? "" : word);
        if (!matcher.matches()) {
            return null;
        }
        for (MeasureUnit unit : units) {
            if (unit.name.equalsIgnoreCase(matcher.group(2))) {
                return Double.parseDouble(matcher.group(1)) * unit.factor;
            }
        }
        return null;
    }

    private static IllegalArgumentException wrong(String setting, @Nullable String word, String wanted) {
        String found = word == null ? "nothing" : "'" + word + "'";
        return new IllegalArgumentException(setting + " wants " + wanted + ", not " + found);
    }
}
