package io.orrery.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.pty4j.PtyProcess;
import com.pty4j.PtyProcessBuilder;
import com.pty4j.WinSize;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jline.terminal.Size;
import org.jline.utils.ScreenTerminal;

/** The command on a terminal: a pty whose other side is an emulator that tells what a person would see. */
final class PtyScreen implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 50;
    private static final String HIDE = "\u001b[?25l";
    private static final String SHOW = "\u001b[?25h";

    private final PtyProcess process;
    private final ScreenTerminal screen;
    private final StringBuilder raw = new StringBuilder(); // guarded by this
    private final Thread reader;
    private boolean ended; // guarded by this

    private PtyScreen(PtyProcess process, int columns, int rows) {
        this.process = process;
        this.screen = new ScreenTerminal(columns, rows);
        this.reader = Thread.ofPlatform().start(this::read);
    }

    static PtyScreen start(Path folder, int columns, int rows, Map<String, String> env, Object... args)
            throws IOException {
        Map<String, String> all = new HashMap<>(System.getenv());
        all.putAll(Map.of("TERM", "xterm", "LC_ALL", "C.UTF-8"));
        all.putAll(env);
        var process = new PtyProcessBuilder(OrreryProcess.command(args).toArray(String[]::new))
                .setDirectory(folder.toString())
                .setEnvironment(all)
                .setInitialColumns(columns)
                .setInitialRows(rows)
                .start();
        return new PtyScreen(process, columns, rows);
    }

    private void read() {
        try (var in = new InputStreamReader(process.getInputStream(), UTF_8)) {
            char[] buffer = new char[8192];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                add(new String(buffer, 0, count));
            }
        } catch (IOException e) {
            // the other side is closed
        } finally {
            end();
        }
    }

    private synchronized void add(String text) {
        raw.append(text);
        screen.write(text);
        notifyAll();
    }

    private synchronized void end() {
        ended = true;
        notifyAll();
    }

    /** Changes the size, as a person does who pulls at the window. */
    synchronized void resize(int columns, int rows) {
        screen.setSize(Size.of(columns, rows));
        process.setWinSize(new WinSize(columns, rows));
    }

    void type(String keys) throws IOException {
        process.getOutputStream().write(keys.getBytes(UTF_8));
        process.getOutputStream().flush();
    }

    /** Waits until the lines on the screen are as wanted, and returns them. */
    synchronized List<String> await(Predicate<List<String>> wanted) {
        try {
            while (!wanted.test(lines())) {
                if (ended) {
                    throw new AssertionError("It ended without that on its screen:\n" + String.join("\n", lines()));
                }
                wait();
            }
            return lines();
        } catch (InterruptedException e) {
            throw new AssertionError("This is on the screen instead:\n" + String.join("\n", lines()), e);
        }
    }

    /** Waits until a line of the screen contains a text. */
    List<String> awaitText(String text) {
        return await(lines -> lines.stream().anyMatch(line -> line.contains(text)));
    }

    /** The lines of the screen down to the last one that is not blank, without spaces at their ends. */
    synchronized List<String> lines() {
        int columns = screen.getColumns();
        int rows = screen.getRows();
        long[] cells = new long[columns * rows];
        screen.dump(cells, new int[2]);
        var lines = new ArrayList<String>();
        for (int row = 0; row < rows; row++) {
            var line = new StringBuilder();
            for (int column = 0; column < columns; column++) {
                int codePoint = ScreenTerminal.cellCodePoint(cells[row * columns + column]);
                line.appendCodePoint(codePoint == 0 ? ' ' : codePoint);
            }
            lines.add(line.toString().stripTrailing());
        }
        while (!lines.isEmpty() && lines.getLast().isEmpty()) {
            lines.removeLast();
        }
        return lines;
    }

    /** Everything that was written to the terminal. */
    synchronized String raw() {
        return raw.toString();
    }

    synchronized boolean cursorIsVisible() {
        return raw.lastIndexOf(SHOW) >= raw.lastIndexOf(HIDE);
    }

    /** Waits for the end of the command and returns its exit code. */
    int exitCode() throws InterruptedException {
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("It has not ended:\n" + String.join("\n", lines()));
        }
        reader.join();
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor();
            reader.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
