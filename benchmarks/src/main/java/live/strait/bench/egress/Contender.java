package live.strait.bench.egress;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// A process that sends when it is told to: a line in, a line with packets and nanoseconds of CPU time out.
public final class Contender implements AutoCloseable {
    private final List<String> command;
    private final BufferedWriter orders;
    private final BufferedReader answers;
    private final Undo undo;

    Contender(List<String> command) throws IOException {
        this.command = command;
        Process process =
                new ProcessBuilder(command).redirectError(Redirect.INHERIT).start();
        orders = process.outputWriter(StandardCharsets.US_ASCII);
        answers = process.inputReader(StandardCharsets.US_ASCII);
        undo = new Undo(process::destroy);
    }

    /// CPU time per packet of its sending thread while it carried out `order`.
    double nanosPerPacket(String order) throws IOException {
        orders.write(order + "\n");
        orders.flush();
        String answer = answers.readLine();
        if (answer == null) {
            throw new IOException("it has ended: " + String.join(" ", command));
        }
        String[] figures = answer.split(" ", -1);
        return Double.parseDouble(figures[1]) / Double.parseDouble(figures[0]);
    }

    @Override
    public void close() {
        undo.close();
    }
}
