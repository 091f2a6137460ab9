package live.strait.loadtest.report;

import java.util.List;

/// What a run's page shows, from top to bottom.
///
/// @param lead a sentence: what was done
/// @param warnings what a reader has to know before believing the figures
/// @param facts where and how it was run
/// @param headline the figures that the run is about
/// @param tables all others, after the plots
public record Page(
        String title,
        String lead,
        List<String> warnings,
        List<Fact> facts,
        Table headline,
        List<Plot> plots,
        List<Table> tables) {
    /// One thing to know, by its name.
    public record Fact(String name, String value) {}

    public Page {
        warnings = List.copyOf(warnings);
        facts = List.copyOf(facts);
        tables = List.copyOf(tables);
        plots = List.copyOf(plots);
    }
}
