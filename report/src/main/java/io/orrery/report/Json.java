package io.orrery.report;

import io.orrery.outcome.RunEvent;
import io.orrery.outcome.RunReport;
import io.orrery.plan.InvalidPlanException;
import io.orrery.plan.Plannable;

/**
 * Plans, runs and events as JSON, for tools. Texts are escaped such that any encoding of Unicode can write them; nothing
 * that labels, results or failures hold makes a document invalid.
 */
public final class Json {

    /** The version of the form of the documents. */
    public static final int SCHEMA_VERSION = 1;

    private Json() {}

    /**
     * A run: its verdict, its jobs in order of declaration with their times, results and failures, what is nested in it,
     * and its critical path. One document of several lines, one a job.
     */
    public static String of(RunReport report) {
        return JsonText.lines(ReportJson.document(report));
    }

    /**
     * A plan: its jobs in order of declaration, what they require and what they have been given. One document of several
     * lines, one a job.
     *
     * @throws InvalidPlanException if a workflow is given that can't be planned, with all its problems
     */
    public static String of(Plannable<?> workflow) {
        return JsonText.lines(PlanJson.document(workflow.plan()));
    }

    /** An event, on one line without a line feed. */
    public static String of(RunEvent event) {
        return JsonText.line(EventJson.document(event));
    }
}
