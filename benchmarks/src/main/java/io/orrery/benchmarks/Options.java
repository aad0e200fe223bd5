package io.orrery.benchmarks;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** The command line. An empty list of shapes or contenders means all. */
record Options(
        boolean quick,
        Optional<Integer> forks,
        Optional<String> python,
        List<Shape> shapes,
        List<String> contenders,
        Output output) {

    /**
     * Where results go.
     *
     * @param pieces the folder in which each piece is kept, to go on from there another time
     * @param minutes after how many no other piece is begun
     */
    record Output(Optional<Path> out, Optional<Path> pieces, Optional<Integer> minutes) {}

    static final String USAGE = """
        usage: benchmarks/run [options]
          --quick               few rounds, one fork: minutes, and only a hint
          --forks N             how many times everything is done in new virtual machines; 3 unless set
          --python PATH         a Python that has asynciojobs and aiojobs, to measure these as well
          --shapes A,B          only these: independent, chain, layers, tree, fork-join, pairs, spawned, pending
          --contenders A,B      only those whose names begin like this, for example orrery,completable
          --out FILE            write the tables there, in place of everything after a line "## Results" if there is one
          --pieces FOLDER       keep each piece there, and go on from those that are there; the tables come when all are
          --minutes N           begin no piece after so many minutes; the exit status is 3 if some are left
          --stores [OPTIONS]    measure schedulers on PostgreSQL instead; --stores --help says how
          --jmh [ARGUMENTS]     run JMH on the small parts instead, with these arguments
          --lateness [ROUNDS [SECONDS]]  how late jobs begin of which 10,000 are due a second, instead
        """;

    /** @throws IllegalArgumentException saying what can't be understood */
    static Options parse(String... arguments) {
        var options = new Options(
                false,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                new Output(Optional.empty(), Optional.empty(), Optional.empty()));
        for (Iterator<String> rest = List.of(arguments).iterator(); rest.hasNext(); ) {
            options = options.with(rest.next(), rest);
        }
        return options;
    }

    private Options with(String option, Iterator<String> rest) {
        return switch (option) {
            case "--quick" -> new Options(true, forks, python, shapes, contenders, output);
            case "--forks" ->
                new Options(
                        quick, Optional.of(Integer.valueOf(value(option, rest))), python, shapes, contenders, output);
            case "--python" -> new Options(quick, forks, Optional.of(value(option, rest)), shapes, contenders, output);
            case "--shapes" ->
                new Options(
                        quick,
                        forks,
                        python,
                        list(value(option, rest)).stream().map(Shape::of).toList(),
                        contenders,
                        output);
            case "--contenders" -> new Options(quick, forks, python, shapes, list(value(option, rest)), output);
            case "--out", "--pieces", "--minutes" ->
                new Options(quick, forks, python, shapes, contenders, output(option, value(option, rest)));
            default -> throw new IllegalArgumentException("There is no option " + option + ".\n" + USAGE);
        };
    }

    private Output output(String option, String value) {
        return switch (option) {
            case "--out" -> new Output(Optional.of(Path.of(value)), output.pieces, output.minutes);
            case "--pieces" -> new Output(output.out, Optional.of(Path.of(value)), output.minutes);
            default -> new Output(output.out, output.pieces, Optional.of(Integer.valueOf(value)));
        };
    }

    private static String value(String option, Iterator<String> rest) {
        if (!rest.hasNext()) {
            throw new IllegalArgumentException(option + " needs a value.\n" + USAGE);
        }
        return rest.next();
    }

    private static List<String> list(String value) {
        return Arrays.asList(value.split(",", -1));
    }

    boolean wants(Workload workload) {
        return shapes.isEmpty() || shapes.contains(workload.shape());
    }

    boolean wants(String contender) {
        return contenders.isEmpty()
                || contenders.stream().anyMatch(start -> contender.regionMatches(true, 0, start, 0, start.length()));
    }

    int forkCount() {
        return forks.orElse(quick ? 1 : 3);
    }

    /** How many rounds to warm up, of what the suite says. */
    int warmups(int whole) {
        return quick ? Math.ceilDiv(whole, 2) : whole;
    }

    /** How many rounds to measure, of what the suite says. */
    int rounds(int whole) {
        return quick ? Math.max(2, whole / 4) : whole;
    }
}
