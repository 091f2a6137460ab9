package live.strait.bench.egress;

/// What has to be undone at the end of a run, also when that comes by Ctrl-C.
final class Undo implements AutoCloseable {
    private final Runnable action;
    private final Thread hook;

    Undo(Runnable action) {
        this.action = action;
        hook = new Thread(action, "undo");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    @Override
    public void close() {
        try {
            if (Runtime.getRuntime().removeShutdownHook(hook)) {
                action.run();
            }
        } catch (IllegalStateException e) {
            // The JVM is on its way down, and does it itself.
        }
    }
}
