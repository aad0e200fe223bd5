package io.orrery.cli.progress;

import io.orrery.cli.terminal.Cells;
import io.orrery.cli.terminal.Colours;
import io.orrery.cli.terminal.Signs;
import io.orrery.cli.terminal.Size;
import io.orrery.job.State;
import io.orrery.plan.Plan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Lays out a {@link Board} as lines that fit a terminal: a header, the jobs that matter most at this moment, and the counts.
 * Failed and running jobs come before waiting ones, and these before those that are done; what finds no room is counted.
 * Those shown keep the order of declaration, so that they do not jump about.
 */
final class ScreenLayout {

    /** Lines besides those of the jobs: header, counts, hint. */
    private static final int FRAME = 3;

    private static final int FEWEST_JOBS = 3;
    private static final int TIME_WIDTH = 8;
    private static final int BAR = 13;

    private final Signs signs;
    private final Colours colours;

    ScreenLayout(Signs signs, Colours colours) {
        this.signs = signs;
        this.colours = colours;
    }

    /**
     * The lines, at most two thirds of the terminal's, so that there is room for jobs' output above them. None of them reaches
     * the last column.
     */
    List<String> lines(Board board, Size size, Duration now, String hint) {
        int width = size.columns() - 1;
        int height = Math.clamp(size.rows() * 2L / 3, Math.min(FRAME + FEWEST_JOBS, size.rows() - 1), size.rows());
        var lines = new ArrayList<String>();
        Plan<?> plan = board.plan();
        if (plan == null || height < 1) {
            return lines;
        }
        lines.add(header(plan, now, width));
        if (height > FRAME) {
            Set<Row> shown = select(board, height - FRAME);
            int nameWidth =
                    shown.stream().mapToInt(row -> Cells.width(row.path)).max().orElse(0);
            nameWidth = Math.min(nameWidth, Math.max(8, width / 3));
            for (Row row : board.rows()) {
                if (shown.contains(row)) {
                    lines.add(job(board, row, now, nameWidth, width));
                }
            }
            lines.add(counts(board, shown, width));
            lines.add(colours.faint(Cells.fit(" " + hint, width, signs.ellipsis())));
        } else if (height > 1) {
            lines.add(counts(board, Set.of(), width));
        }
        return lines;
    }

    private String header(Plan<?> plan, Duration now, int width) {
        int window = plan.settings().window();
        String time = Elapsed.clock(now);
        String details = (window == 0 ? "" : signs.dot() + "window " + window)
                + signs.dot()
                + plan.size()
                + (plan.size() == 1 ? " job" : " jobs");
        int room = width - time.length() - 1;
        if (room < 1) {
            return Cells.fit(time, width, "");
        }
        String name = Cells.fit(Cells.harmless(plan.name()), room, signs.ellipsis());
        String rest = Cells.fit(details, room - Cells.width(name), "");
        String gap = " ".repeat(width - Cells.width(name) - Cells.width(rest) - time.length());
        return colours.bold(name) + rest + gap + time;
    }

    private static Set<Row> select(Board board, int room) {
        return board.rows().stream()
                .filter(row -> !row.isNested())
                .sorted(Comparator.comparingInt(ScreenLayout::importance)
                        .thenComparing(row -> row.end == null ? Duration.ZERO : row.end.negated()))
                .limit(room)
                .collect(Collectors.toCollection(HashSet::new));
    }

    private static int importance(Row row) {
        return switch (row.state) {
            case FAILED, TIMED_OUT -> 0;
            case RUNNING, RETRYING, PAUSED, FOREVER -> row.isForever() ? 2 : 1;
            case QUEUED -> 3;
            case WAITING -> 4;
            case IDLE -> 5;
            case SUCCEEDED, CANCELLED, SKIPPED, MISSED -> 6;
            case NOT_RUN -> 7;
        };
    }

    private String job(Board board, Row row, Duration now, int nameWidth, int width) {
        State mark = row.state == State.RUNNING && row.isForever() ? State.FOREVER : row.state;
        String name = Cells.pad(Cells.fit(Cells.harmless(row.path), nameWidth, signs.ellipsis()), nameWidth);
        Duration elapsed = row.elapsed(now);
        String time = Cells.padLeft(elapsed == null ? "" : Elapsed.clock(elapsed), TIME_WIDTH);
        int used = 3 + nameWidth + TIME_WIDTH;
        if (used > width) {
            return Cells.fit(" " + signs.of(mark) + " " + name.strip(), width, "");
        }
        String line = " " + colours.of(mark, signs.of(mark)) + " " + name + time;
        String note = note(board, row);
        if (note.isBlank()) {
            return line.stripTrailing();
        }
        String fitting = Cells.fit("  " + note, width - used, signs.ellipsis());
        return line + (row.hasFailed() ? fitting : colours.faint(fitting));
    }

    private String note(Board board, Row row) {
        return switch (row.state) {
            case WAITING, IDLE -> board.waitsFor(row);
            case QUEUED -> "waiting for a slot";
            case RETRYING -> "attempt " + row.attempt + " failed: " + row.note;
            case RUNNING -> row.attempt > 1 ? "attempt " + row.attempt + signs.dot() + row.note : row.note;
            default -> row.note;
        };
    }

    private String counts(Board board, Set<Row> shown, int width) {
        Map<State, Integer> counts = board.counts();
        int done = 0;
        int all = 0;
        for (Row row : board.rows()) {
            if (!row.isNested() && !row.isForever()) {
                all++;
                done += row.state.ended() ? 1 : 0;
            }
        }
        String numbers = number(counts, State.SUCCEEDED) + " " + number(counts, State.RUNNING, State.RETRYING) + " "
                + number(counts, State.WAITING, State.QUEUED, State.IDLE) + " "
                + number(counts, State.FAILED, State.TIMED_OUT);
        String ratio = done + "/" + all;
        String bar = signs.bar(all == 0 ? 1 : (double) done / all, BAR);
        String right = numbers + "  " + bar + " " + ratio;
        if (Cells.width(right) + 1 > width) {
            right = numbers + "  " + ratio;
        }
        String left =
                Cells.fit(" " + rest(board, shown), Math.max(0, width - Cells.width(right) - 1), signs.ellipsis());
        String gap = " ".repeat(Math.max(1, width - Cells.width(left) - Cells.width(right)));
        return Cells.fit(left + gap + right, width, "");
    }

    /** A number with the sign of the first state. */
    private String number(Map<State, Integer> counts, State... states) {
        int sum = 0;
        for (State state : states) {
            sum += counts.getOrDefault(state, 0);
        }
        return sum + signs.of(states[0]);
    }

    /** What is not shown: how many in which state. */
    private String rest(Board board, Set<Row> shown) {
        Map<State, Integer> hidden = new EnumMap<>(State.class);
        for (Row row : board.rows()) {
            if (!row.isNested() && !shown.contains(row)) {
                hidden.merge(row.state, 1, Integer::sum);
            }
        }
        return hidden.isEmpty()
                ? ""
                : signs.ellipsis() + " "
                        + hidden.entrySet().stream()
                                .map(entry ->
                                        entry.getValue() + " " + entry.getKey().word())
                                .collect(Collectors.joining(", "));
    }
}
