package live.strait.loadtest.report;

import java.util.List;

/// Figures in rows; the first column names them.
///
/// @param head what each column is, with its unit
public record Table(String title, List<String> head, List<List<String>> rows) {
    public Table {
        head = List.copyOf(head);
        rows = rows.stream().map(List::copyOf).toList();
    }
}
