package io.orrery.plan;

import java.util.List;

/** A plan can't be written as data, or data can't be read as a plan; carries all that is wrong. */
public final class PlanDataException extends RuntimeException {

    private static final long serialVersionUID = 1;
    private static final int SHOWN = 20; // as many as a person reads

    private final transient List<String> problems;

    PlanDataException(String what, List<String> problems) {
        super(text(what, problems));
        this.problems = List.copyOf(problems);
    }

    /** What is wrong, each with the path of the job or of the entry, and with what to do. */
    public List<String> problems() {
        return problems;
    }

    private static String text(String what, List<String> problems) {
        String count = problems.size() == 1 ? "1 problem" : problems.size() + " problems";
        List<String> shown = problems.subList(0, Math.min(SHOWN, problems.size()));
        String rest = problems.size() > SHOWN ? "\n- and " + (problems.size() - SHOWN) + " more: see problems()" : "";
        return what + ": " + count + ":\n- " + String.join("\n- ", shown) + rest;
    }
}
