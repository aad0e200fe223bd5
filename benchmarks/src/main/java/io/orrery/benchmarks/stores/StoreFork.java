package io.orrery.benchmarks.stores;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A virtual machine with a server of its own in which all who take part do the same in turns, each round beginning with another
 * one. What it finds goes to standard output, see {@link Figure}.
 */
final class StoreFork {

    private StoreFork() {}

    /** Arguments: {@code quick} or {@code whole}; the measures, with commas; the contestants, with semicolons. */
    public static void main(String[] args) throws Exception {
        boolean quick = args[0].equals("quick");
        List<Measure> measures =
                Stream.of(args[1].split(",", -1)).map(Measure::valueOf).toList();
        Set<String> titles = Set.of(args[2].split(";", -1));
        List<Contestant> contestants = new ArrayList<>(Contestants.all().stream()
                .filter(contestant -> titles.contains(contestant.title()))
                .toList());
        try (Server server = Server.start()) {
            var trials = new Trials(server);
            for (Measure measure : measures) {
                for (int round = -measure.warmups(quick); round < measure.rounds(quick); round++) {
                    for (Contestant contestant : contestants) {
                        int jobs = contestant.jobs(measure, measure.jobs(quick));
                        if (jobs > 0 && round % contestant.every() == 0) {
                            turn(trials, contestant, measure, jobs, round >= 0);
                        }
                    }
                    Collections.rotate(contestants, 1);
                }
            }
        }
        System.exit(0); // threads of failed contestants may be left
    }

    private static void turn(Trials trials, Contestant contestant, Measure measure, int jobs, boolean counts) {
        try {
            Map<Measure, Double> found = trials.run(contestant, measure, jobs);
            found.forEach((what, value) -> {
                var figure = new Figure(contestant.title(), what, value);
                (counts ? System.out : System.err).println(figure.text());
            });
        } catch (Exception e) {
            System.err.println(contestant.title() + " has failed: " + measure);
            e.printStackTrace();
        }
    }
}
