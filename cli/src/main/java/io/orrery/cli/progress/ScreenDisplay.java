package io.orrery.cli.progress;

import io.orrery.cli.terminal.Cells;
import io.orrery.cli.terminal.Channel;
import io.orrery.cli.terminal.Shell;
import io.orrery.cli.terminal.Size;
import io.orrery.outcome.RunEvent;
import io.orrery.time.Signal;
import io.orrery.time.TimeSource;
import io.orrery.workflowfile.process.OutputLines;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A screen: some lines at the bottom of a terminal that are drawn anew as things change, at most ten times a second. What
 * jobs print scrolls by above them.
 *
 * <p>A thread of its own paints; others only note what there is to paint, unless there is so much that they have to wait for
 * it to be painted. The cursor rests below the lines, visible, so that nothing has to be restored however the command ends;
 * it is hidden only within each piece that is written. When the terminal changes its size, nobody knows what it made of the
 * lines that were there: the screen is cleared then, and what was printed last is printed again.
 */
final class ScreenDisplay implements Display {

    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final int MOST_PENDING = 64 * 1024;
    private static final int MOST_REMEMBERED = 200;
    private static final int LONGEST_REMEMBERED = 2_000;
    private static final String HIDE = "\u001b[?25l";
    private static final String SHOW = "\u001b[?25h";
    private static final String TO_THE_END = "\u001b[J";
    private static final String TO_THE_END_OF_THE_LINE = "\u001b[K";
    private static final String HOME = "\u001b[H";
    private static final String RESET = "\u001b[0m";
    /** Whatever the terminal is set to make of a line feed. */
    private static final String NEXT_LINE = "\r\n";

    private static final String HINT = "Ctrl-C stop";

    private final Shell shell;
    private final Outlet outlet;
    private final ScreenLayout layout;
    private final TimeSource time;
    private final Signal over;
    private final Thread painter;

    // All of these are guarded by this.
    private final Board board = new Board();
    private final List<String> pending = new ArrayList<>();
    private final Deque<String> remembered = new ArrayDeque<>();
    private int pendingSize;
    private long start;
    private String told = "";
    private List<String> drawn = List.of();
    private @Nullable Size drawnAt;
    private boolean closed;

    /** A screen on {@code err}; jobs' output goes to the outlet, above the screen if it is a terminal. */
    ScreenDisplay(Shell shell, Outlet outlet) {
        this.shell = shell;
        this.outlet = outlet;
        this.layout = new ScreenLayout(shell.signs(shell.err()), shell.colours(shell.err()));
        this.time = shell.time();
        this.over = time.signal();
        this.painter = time.start(Thread.ofPlatform().daemon().name("orrery-screen"), this::paint);
    }

    private void paint() {
        try {
            while (!over.isSet()) {
                frame();
                over.await(PAUSE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public synchronized void on(RunEvent event) {
        if (board.plan() == null) {
            start = time.nanos() - event.at().toNanos();
        }
        board.on(event);
        if (event instanceof RunEvent.JobLogged logged) {
            above(logged.path() + ": " + Cells.harmless(logged.message()));
        }
    }

    @Override
    public void pause() {
        outlet.flush();
    }

    @Override
    public synchronized void tell(String message) {
        told = message;
    }

    @Override
    public void show(OutputLines lines) {
        if (!outlet.isTerminal()) {
            note(lines);
            outlet.write(lines);
            return;
        }
        synchronized (this) {
            note(lines);
            lines.forEach(line -> above(outlet.text(line)));
        }
    }

    /** Has a line printed above the screen, with the next frame unless there is much already. */
    private void above(String line) {
        pending.add(line);
        pendingSize += line.length();
        if (closed) {
            flush();
        } else if (pendingSize > MOST_PENDING) {
            List<String> screen = drawn;
            flush();
            draw(screen);
        }
    }

    private synchronized void note(OutputLines lines) {
        board.printed(lines.job(), lines.line(lines.count() - 1).text());
    }

    private synchronized void frame() {
        Size size = shell.size().get().orElse(drawnAt);
        if (closed || size == null) {
            return;
        }
        String stopping = board.stopping();
        String below = told.isEmpty() && !stopping.isEmpty() ? "stopping: " + Cells.harmless(stopping) : told;
        List<String> lines = layout.lines(board, size, now(), below.isEmpty() ? HINT : below);
        if (drawnAt != null && !size.equals(drawnAt)) {
            startAnew(size);
        } else if (lines.equals(drawn) && pending.isEmpty()) {
            return;
        }
        flush();
        draw(lines);
        drawnAt = size;
    }

    private Duration now() {
        return Duration.ofNanos(time.nanos() - start);
    }

    /** Clears the screen and prints again what was printed last, as much of it as there is room for. */
    private void startAnew(Size size) {
        shell.err().print(HOME + TO_THE_END);
        drawn = List.of();
        int rows = 0;
        var again = new ArrayDeque<String>();
        for (String line : new ArrayList<>(remembered).reversed()) {
            rows += 1 + Math.max(0, Cells.width(line) - 1) / size.columns();
            if (rows >= size.rows()) {
                break;
            }
            again.addFirst(line);
        }
        print(again);
    }

    /** Draws the screen over the one that is there. */
    private void draw(List<String> lines) {
        var text = new StringBuilder(HIDE);
        up(text);
        for (String line : lines) {
            text.append(line).append(TO_THE_END_OF_THE_LINE).append(NEXT_LINE);
        }
        shell.err().print(text.append(TO_THE_END).append(SHOW).toString());
        drawn = lines;
    }

    /** Prints what is pending in the place of the screen, which is gone then. */
    private void flush() {
        if (pending.isEmpty()) {
            return;
        }
        erase();
        print(pending);
        pending.forEach(this::remember);
        pending.clear();
        pendingSize = 0;
    }

    private void erase() {
        if (!drawn.isEmpty()) {
            var text = new StringBuilder();
            up(text);
            shell.err().print(text.append(TO_THE_END).toString());
            drawn = List.of();
        }
    }

    private void up(StringBuilder text) {
        if (!drawn.isEmpty()) {
            text.append("\r\u001b[").append(drawn.size()).append('A');
        }
    }

    private void remember(String line) {
        remembered.addLast(line.length() <= LONGEST_REMEMBERED ? line : line.substring(0, LONGEST_REMEMBERED) + RESET);
        if (remembered.size() > MOST_REMEMBERED) {
            remembered.removeFirst();
        }
    }

    private void print(Collection<String> lines) {
        if (!lines.isEmpty()) {
            Channel channel = outlet.isTerminal() ? outlet.channel() : shell.err();
            channel.print(String.join(NEXT_LINE, lines) + NEXT_LINE);
        }
    }

    @Override
    public void close() {
        over.set();
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            flush();
            erase();
        }
        joinUninterruptibly();
    }

    private void joinUninterruptibly() {
        boolean interrupted = false;
        while (true) {
            try {
                painter.join();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
