package live.strait.loadtest.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A core for the node and another one for the load, by `taskset`.
///
/// @param note what to tell the user: which cores, or why none
public record CpuPlacement(int loadCpu, int nodeCpu, boolean available, String note) {

    /// Takes the first and the last of the cores that this process may use.
    public static CpuPlacement choose() {
        List<Integer> cpus = allowedCpus();
        if (cpus.size() < 2) {
            return none("not pinned: only one core, or no way to know them; node and load disturb each other");
        }
        if (!isExecutable("taskset")) {
            return none("not pinned: taskset is missing (package util-linux); node and load may disturb each other");
        }
        int load = cpus.getFirst();
        int node = cpus.getLast();
        return new CpuPlacement(load, node, true, "load on core " + load + ", node on core " + node);
    }

    /// No pinning, as when the node is not ours.
    public static CpuPlacement none(String note) {
        return new CpuPlacement(-1, -1, false, note);
    }

    /// Moves all threads of this process, and those they will start, to the load's core.
    public void pinThisProcess() throws IOException {
        if (!available) {
            return;
        }
        Process taskset = new ProcessBuilder(
                        "taskset",
                        "--all-tasks",
                        "--cpu-list",
                        "--pid",
                        String.valueOf(loadCpu),
                        String.valueOf(ProcessHandle.current().pid()))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            taskset.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// What goes in front of the node's command line.
    List<String> nodePrefix() {
        return available ? List.of("taskset", "--cpu-list", String.valueOf(nodeCpu)) : List.of();
    }

    private static List<Integer> allowedCpus() {
        List<Integer> cpus = new ArrayList<>();
        String list = allowedList();
        if (list != null) {
            for (String range : list.split(",", -1)) {
                String[] ends = range.strip().split("-", 2);
                int last = Integer.parseInt(ends[ends.length - 1]);
                for (int cpu = Integer.parseInt(ends[0]); cpu <= last; cpu++) {
                    cpus.add(cpu);
                }
            }
        }
        return cpus;
    }

    /// As in `Cpus_allowed_list: 0-3,6`, or null where there is no such thing.
    private static @Nullable String allowedList() {
        String key = "Cpus_allowed_list:";
        try {
            return Files.readAllLines(Path.of("/proc/self/status")).stream()
                    .filter(line -> line.startsWith(key))
                    .map(line -> line.substring(key.length()))
                    .findFirst()
                    .orElse(null);
        } catch (IOException e) {
            return null;
        }
    }

    private static boolean isExecutable(String program) {
        String path = System.getenv("PATH");
        for (String directory : (path == null ? "" : path).split(":", -1)) {
            if (Files.isExecutable(Path.of(directory, program))) {
                return true;
            }
        }
        return false;
    }
}
