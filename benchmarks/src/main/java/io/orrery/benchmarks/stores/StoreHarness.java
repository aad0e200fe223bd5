package io.orrery.benchmarks.stores;

import io.orrery.benchmarks.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Measures Orrery and others on one PostgreSQL, and prints tables: {@code benchmarks/run --stores}. */
public final class StoreHarness {

    private static final String USAGE = """
        usage: benchmarks/run --stores [options]
          --quick               one fork, few rounds, 300,000 due in place of a million: less than 4 minutes, and only a hint
          --forks N             how many times everything is done in new virtual machines, on new servers; 3 unless set
          --measures A,B        only these: one_shots, recurring, added, few_due, many_due, one_node, four_nodes,
                                delay_loaded, delay_calm, latency, latency_across
          --contestants A;B     only those whose names begin like this, for example orrery;db-scheduler
          --out FILE            write the tables there, between the line "## Stores" and the next one that begins with ##
        """;
    private static final List<String> HEAP = List.of("-XX:+UseG1GC", "-Xmx4g", "--enable-native-access=ALL-UNNAMED");
    private static final String HEADING = "## Stores\n";
    private static final String BEGIN = "<!-- what was measured -->\n";

    private boolean quick;
    private int forks = 3;
    private List<Measure> measures = Stream.of(Measure.values())
            .filter(measure -> measure != Measure.WRITES)
            .toList();
    private List<String> contestants =
            Contestants.all().stream().map(Contestant::title).toList();
    private Optional<Path> out = Optional.empty();

    private StoreHarness() {}

    /** Arguments: {@code --help} lists them. */
    public static void main(String[] args) throws IOException, InterruptedException {
        if (List.of(args).contains("--help")) {
            System.out.print(USAGE);
            return;
        }
        var harness = new StoreHarness();
        try {
            for (Iterator<String> rest = List.of(args).iterator(); rest.hasNext(); ) {
                harness.set(rest.next(), rest);
            }
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
        }
        harness.run();
    }

    private void set(String option, Iterator<String> rest) {
        switch (option) {
            case "--quick" -> {
                quick = true;
                forks = 1;
            }
            case "--forks" -> forks = Integer.parseInt(value(option, rest));
            case "--measures" ->
                measures = Arrays.stream(value(option, rest).split(",", -1))
                        .map(word -> Measure.valueOf(word.toUpperCase(Locale.ROOT)))
                        .toList();
            case "--contestants" -> {
                List<String> starts = List.of(value(option, rest).split(";", -1));
                contestants = contestants.stream()
                        .filter(title -> starts.stream()
                                .anyMatch(start -> title.regionMatches(true, 0, start, 0, start.length())))
                        .toList();
            }
            case "--out" -> out = Optional.of(Path.of(value(option, rest)));
            default -> throw new IllegalArgumentException("There is no option " + option + ".\n" + USAGE);
        }
    }

    private static String value(String option, Iterator<String> rest) {
        if (!rest.hasNext()) {
            throw new IllegalArgumentException(option + " needs a value.\n" + USAGE);
        }
        return rest.next();
    }

    private void run() throws IOException, InterruptedException {
        var facts = Machine.facts();
        facts.put("run", (quick ? "quick, " : "") + "forks: " + forks);
        var figures = new Figures();
        for (int fork = 1; fork <= forks; fork++) {
            System.err.println("fork " + fork + " of " + forks);
            fork(fork, figures);
        }
        String tables = Report.of(facts, figures);
        System.out.print(tables);
        if (out.isPresent()) {
            write(out.get(), tables);
        }
    }

    private void fork(int number, Figures figures) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(HEAP);
        command.addAll(List.of("--class-path", System.getProperty("java.class.path"), StoreFork.class.getName()));
        command.add(quick ? "quick" : "whole");
        command.add(String.join(",", measures.stream().map(Measure::name).toList()));
        command.add(String.join(";", contestants));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var output = process.inputReader()) {
            output.lines()
                    .forEach(line -> Figure.parse(line)
                            .ifPresentOrElse(figure -> figures.add(number, figure), () -> System.err.println(line)));
        }
        if (process.waitFor() != 0) {
            System.err.println("The fork has ended with " + process.exitValue() + ".");
        }
    }

    private static void write(Path file, String tables) throws IOException {
        String before = Files.exists(file) ? Files.readString(file) : "";
        int section = before.indexOf(HEADING);
        int begin = section < 0 ? -1 : before.indexOf(BEGIN, section);
        if (begin < 0) {
            throw new IllegalArgumentException("There has to be a line \"" + BEGIN.strip() + "\" after one \""
                    + HEADING.strip() + "\" in " + file + ". Add them.");
        }
        int end = before.indexOf("\n## ", begin);
        Files.writeString(
                file,
                before.substring(0, begin + BEGIN.length()) + "\n" + tables + (end < 0 ? "" : before.substring(end)));
    }
}
