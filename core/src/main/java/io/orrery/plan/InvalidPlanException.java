package io.orrery.plan;

import java.util.List;
import java.util.stream.Collectors;

/** A workflow can't be run; carries all that is wrong with it. */
public final class InvalidPlanException extends RuntimeException {

    private static final long serialVersionUID = 1;
    private static final int SHOWN = 20; // as many as a person reads

    private final String workflow;
    private final transient List<PlanProblem> problems;

    InvalidPlanException(String workflow, List<PlanProblem> problems) {
        super(text(workflow, problems));
        this.workflow = workflow;
        this.problems = List.copyOf(problems);
    }

    /** The name of the workflow. */
    public String workflow() {
        return workflow;
    }

    /** All problems found, those of nested workflows among them. */
    public List<PlanProblem> problems() {
        return problems;
    }

    private static String text(String workflow, List<PlanProblem> problems) {
        String count = problems.size() == 1 ? "1 problem" : problems.size() + " problems";
        String rest = problems.size() > SHOWN ? "\n- and " + (problems.size() - SHOWN) + " more: see problems()" : "";
        return problems.stream()
                .limit(SHOWN)
                .map(PlanProblem::message)
                .collect(Collectors.joining("\n- ", "Workflow \"" + workflow + "\" has " + count + ":\n- ", rest));
    }
}
