package io.orrery.benchmarks;

import io.orrery.benchmarks.Suite.Match;
import io.orrery.benchmarks.Suite.Weighing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Measures Orrery and others in one run, and prints tables. Every workload gets new virtual machines, in each of which all
 * contenders do it in turns; the forks of one workload are spread over the whole run.
 */
public final class Harness {

    private static final List<String> FIXED_HEAP = List.of("-XX:+UseG1GC", "-Xms4g", "-Xmx4g");
    private static final List<String> SMALL_HEAP = List.of("-XX:+UseG1GC", "-Xmx512m", "-XX:+ExitOnOutOfMemoryError");
    private static final int PYTHON_WARMUPS = 1;
    private static final int PYTHON_ROUNDS = 3;
    private static final int UNFINISHED = 3;
    private static final String HEADING = "## Results\n";

    private final Options options;
    private final Results results = new Results();
    private final Pieces pieces;

    private Harness(Options options) {
        this.options = options;
        this.pieces =
                new Pieces(options.output().pieces(), options.output().minutes().map(Duration::ofMinutes));
    }

    /** Arguments: {@code --help} lists them. */
    public static void main(String[] args) throws IOException {
        if (List.of(args).contains("--help")) {
            System.out.print(Options.USAGE);
            return;
        }
        try {
            new Harness(Options.parse(args)).run();
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
        }
    }

    private void run() throws IOException {
        var now = Machine.facts();
        now.put(
                "run",
                (options.quick() ? "quick, " : "") + "forks: " + options.forkCount()
                        + (options.contenders().isEmpty() ? "" : ", of " + String.join(", ", options.contenders())));
        var facts = pieces.facts(now);
        for (int fork = 1; fork <= options.forkCount(); fork++) {
            for (Match match : Suite.matches()) {
                if (options.wants(match.workload())) {
                    play(match, fork);
                }
            }
        }
        for (Weighing weighing : Suite.weighings()) {
            if (options.wants(weighing.workload())) {
                weigh(weighing);
            }
        }
        if (pieces.left() > 0) {
            System.err.println(pieces.left() + " pieces are left. Run it again with the same options.");
            System.exit(UNFINISHED);
        }
        write(Tables.of(facts, results, Criteria.all()));
    }

    private void play(Match match, int fork) throws IOException {
        Workload workload = match.workload();
        List<String> contenders = wanted(match.contenders(), workload);
        if (contenders.isEmpty()) {
            return;
        }
        contenders.forEach(contender -> results.expect(workload, contender));
        String name = "fork " + fork + " of " + options.forkCount() + ": " + workload + ", " + contenders.getFirst()
                + (contenders.size() == 1 ? "" : " and others");
        pieces.piece(name, () -> measured(match, contenders)).forEach(line -> results.add(workload, fork, line));
    }

    private List<Line> measured(Match match, List<String> contenders) {
        Workload workload = match.workload();
        List<String> arguments = Stream.concat(
                        Stream.of(
                                workload.text(),
                                Integer.toString(options.warmups(match.warmups())),
                                Integer.toString(options.rounds(match.rounds()))),
                        contenders.stream())
                .toList();
        var lines = new ArrayList<>(Child.java(Fork.class, FIXED_HEAP, arguments));
        options.python().ifPresent(python -> {
            if (wanted(match, Contenders.ASYNCIOJOBS)) {
                lines.addAll(Child.asynciojobs(python, workload, PYTHON_WARMUPS, PYTHON_ROUNDS));
            }
            if (wanted(match, Contenders.AIOJOBS)) {
                lines.addAll(Child.aiojobs(python, workload, PYTHON_WARMUPS, PYTHON_ROUNDS));
            }
        });
        return lines;
    }

    private boolean wanted(Match match, String contender) {
        return match.contenders().contains(contender) && options.wants(contender);
    }

    private void weigh(Weighing weighing) throws IOException {
        Workload workload = weighing.workload();
        for (String contender : wanted(weighing.contenders(), workload)) {
            pieces.piece(
                            "memory of " + contender + ": " + workload,
                            () -> Child.java(Scales.class, SMALL_HEAP, List.of(workload.text(), contender)))
                    .forEach(line -> results.addWeight(workload, line));
        }
    }

    /** Those of them that are asked for, exist, and can do it. */
    private List<String> wanted(List<String> names, Workload workload) {
        List<Contender> all = Contenders.all();
        try {
            return all.stream()
                    .filter(contender -> names.contains(contender.title()) && contender.can(workload))
                    .map(Contender::title)
                    .filter(options::wants)
                    .toList();
        } finally {
            all.forEach(Contender::close);
        }
    }

    private void write(String tables) throws IOException {
        System.out.print(tables);
        if (options.output().out().isPresent()) {
            Path file = options.output().out().get();
            String before = Files.exists(file) ? Files.readString(file) : "";
            int heading = before.indexOf(HEADING);
            String kept = heading < 0 ? "" : before.substring(0, heading + HEADING.length()) + "\n";
            Files.writeString(file, kept + tables);
        }
    }
}
