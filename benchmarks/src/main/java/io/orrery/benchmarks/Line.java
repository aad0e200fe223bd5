package io.orrery.benchmarks;

import java.util.Optional;

/** A line in which one process tells another one what it has measured. */
sealed interface Line {

    String contender();

    String text();

    record Measured(String contender, Sample sample) implements Line {
        @Override
        public String text() {
            return contender + "\tsample\t" + sample.wall() + "\t" + sample.cpu() + "\t" + sample.allocated();
        }
    }

    record Failed(String contender, String why) implements Line {
        @Override
        public String text() {
            return contender + "\tfailed\t" + why;
        }
    }

    /**
     * Memory of one run in a virtual machine of its own.
     *
     * @param plan bytes of the plan; 0 if it was not looked at
     * @param state bytes of plan and state of the run as its last job sees them; likewise
     * @param peak bytes of the whole process at its largest; 0 if unknown
     */
    record Weighed(String contender, long plan, long state, long peak) implements Line {
        @Override
        public String text() {
            return contender + "\tweighed\t" + plan + "\t" + state + "\t" + peak;
        }
    }

    /** The line that a text is; empty if it is something else, which is for people. */
    static Optional<Line> parse(String text) {
        String[] parts = text.split("\t", -1);
        if (parts.length == 5 && parts[1].equals("sample")) {
            return Optional.of(
                    new Measured(parts[0], new Sample(number(parts[2]), number(parts[3]), number(parts[4]))));
        }
        if (parts.length == 5 && parts[1].equals("weighed")) {
            return Optional.of(new Weighed(parts[0], number(parts[2]), number(parts[3]), number(parts[4])));
        }
        return parts.length == 3 && parts[1].equals("failed")
                ? Optional.of(new Failed(parts[0], parts[2]))
                : Optional.empty();
    }

    private static long number(String text) {
        return Long.parseLong(text);
    }
}
