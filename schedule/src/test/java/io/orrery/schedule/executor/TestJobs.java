package io.orrery.schedule.executor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What child processes can do in tests. */
public final class TestJobs implements JobDeclarations {

    /** For the child. */
    public TestJobs() {}

    @Override
    public void declare(JobCatalog jobs) {
        jobs.job("double", Integer.class, (number, context) -> 2 * number);
        jobs.job("facts", context -> {
            var fire = FireContext.of(context);
            return fire.fire().id() + " " + fire.attempt() + " " + fire.token() + " " + context.label();
        });
        jobs.job("object", context -> new Object());
        jobs.action("fail", String.class, (message, context) -> {
            throw new IllegalStateException(message, new IOException("because of this"));
        });
        jobs.action("print", () -> {
            IO.println("to the standard output");
            System.err.println("to the standard error");
        });
        jobs.action("exit", Integer.class, (code, context) -> {
            IO.println("about to leave");
            System.exit(code);
        });
        jobs.action("eat", () -> {
            for (int size = 1_000_000; size > 0; size *= 2) {
                IO.println("ate " + new byte[size].length);
            }
        });
        jobs.action("hang", String.class, (file, context) -> hang(Path.of(file)));
        jobs.action("deaf", String.class, (file, context) -> deaf(Path.of(file)));
    }

    /** Tells its number and that of a process that it has started, and waits. */
    private static void hang(Path file) throws IOException, InterruptedException {
        Process other = new ProcessBuilder("sleep", "1000").start();
        tell(file, ProcessHandle.current().pid() + " " + other.pid());
        try {
            Thread.currentThread().join();
        } finally {
            tell(file.resolveSibling("interrupted"), "");
        }
    }

    /** Does so whatever anybody says. */
    private static void deaf(Path file) throws IOException {
        Process other = new ProcessBuilder("setsid", "sleep", "1000").start();
        tell(file, ProcessHandle.current().pid() + " " + other.pid());
        while (true) {
            try {
                Thread.currentThread().join();
            } catch (InterruptedException e) {
                IO.println("no");
            }
        }
    }

    private static void tell(Path file, String text) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(fresh, text);
        Files.move(fresh, file);
    }
}
