package live.strait.loadtest.node;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HashMap;
import java.util.Map;

/// What a node says at `/metrics` at one moment: each figure by its name, summed over its labels.
///
/// @param values by the names of Prometheus' text format
public record NodeMetrics(Map<String, Double> values) {
    public NodeMetrics {
        values = Map.copyOf(values);
    }

    /// Asks a node.
    public static NodeMetrics of(URI http) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(http.resolve("/metrics")).build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new IOException(request.uri() + " answered " + response.statusCode());
            }
            return parse(response.body());
        }
    }

    /// Reads the text format; comments and what is no number are passed over.
    static NodeMetrics parse(String text) {
        Map<String, Double> values = new HashMap<>();
        for (String line : text.split("\n", -1)) {
            int labels = line.indexOf('{');
            int space = line.lastIndexOf(' ');
            if (line.startsWith("#") || space < 0) {
                continue;
            }
            String name = line.substring(0, labels < 0 ? space : labels);
            try {
                values.merge(name, Double.valueOf(line.substring(space + 1)), Double::sum);
            } catch (NumberFormatException e) {
                // Not a line of a figure.
            }
        }
        return new NodeMetrics(values);
    }

    /// One figure.
    ///
    /// @throws IllegalArgumentException when the node does not tell it
    public double get(String name) {
        Double value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("the node says nothing of " + name);
        }
        return value;
    }

    /// By how much a figure has grown since an earlier moment.
    double since(NodeMetrics earlier, String name) {
        return get(name) - earlier.get(name);
    }
}
