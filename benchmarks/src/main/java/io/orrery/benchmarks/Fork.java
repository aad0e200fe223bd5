package io.orrery.benchmarks;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * A virtual machine in which several contenders do the same work in turns, so that what disturbs one disturbs all. Each round
 * begins with another one. Results go to standard output, see {@link Line}.
 */
final class Fork {

    private final Work work;
    private final List<Contender> contenders;
    private final Set<Contender> failed = new HashSet<>();

    private Fork(Work work, List<Contender> contenders) {
        this.work = work;
        this.contenders = new ArrayList<>(contenders);
    }

    /** Arguments: the workload, rounds to warm up, rounds to measure, and the contenders. */
    public static void main(String[] args) {
        var work = Work.of(Workload.parse(args[0]));
        int warmups = Integer.parseInt(args[1]);
        int rounds = Integer.parseInt(args[2]);
        var names = List.of(args).subList(3, args.length);
        var contenders = Contenders.all().stream()
                .filter(contender -> names.contains(contender.title()))
                .toList();
        new Fork(work, contenders).run(warmups, rounds);
        System.exit(0); // threads of failed contenders may be left
    }

    private void run(int warmups, int rounds) {
        for (int round = 0; round < warmups; round++) {
            round(round, false);
        }
        for (int round = 0; round < rounds; round++) {
            round(round, true);
        }
    }

    private void round(int round, boolean measured) {
        for (Contender contender : contenders) {
            if (round % contender.every() == 0 && !failed.contains(contender)) {
                Line line = turn(contender);
                if (line instanceof Line.Failed) {
                    failed.add(contender);
                }
                if (measured || line instanceof Line.Failed) {
                    System.out.println(line.text());
                }
            }
        }
        Collections.rotate(contenders, 1);
    }

    private Line turn(Contender contender) {
        try {
            return new Line.Measured(contender.title(), Stopwatch.time(contender, work));
        } catch (ExecutionException e) {
            return new Line.Failed(contender.title(), inWords(e.getCause()));
        } catch (Exception e) {
            return new Line.Failed(contender.title(), inWords(e));
        }
    }

    /** The last cause is what it is about. */
    static String inWords(@Nullable Throwable failure) {
        Throwable last = failure;
        while (last != null && last.getCause() != null) {
            last = last.getCause();
        }
        return last == null ? "failed" : last.getClass().getSimpleName();
    }
}
