package io.orrery.model;

import io.orrery.model.Case.Attempt;
import io.orrery.model.Case.Body;
import io.orrery.model.Case.Ending;
import io.orrery.model.Case.Flow;
import io.orrery.model.Case.Need;
import io.orrery.model.Case.Options;
import io.orrery.model.Case.Outside;
import io.orrery.model.Case.Retry;
import io.orrery.model.Case.Task;
import java.util.Locale;
import java.util.stream.Collectors;

/** Writes a case much as it would look in Java. */
final class CaseText {
    private final Case source;
    private final StringBuilder text = new StringBuilder();

    CaseText(Case source) {
        this.source = source;
    }

    String text() {
        for (int i = 0; i < source.limits().size(); i++) {
            line(
                    "",
                    "var limit%d = Limit.named(\"limit%d\", %d);",
                    i,
                    i,
                    source.limits().get(i));
        }
        flow("", source.root());
        for (Outside one : source.outside()) {
            line("", "at(%d, run::%s);", one.at(), one.what().name().toLowerCase(Locale.ROOT));
        }
        return text.toString();
    }

    private void line(String indent, String format, Object... arguments) {
        text.append(indent)
                .append(String.format(Locale.ROOT, format, arguments))
                .append('\n');
    }

    private void flow(String indent, Flow flow) {
        line(
                indent,
                "var %s = Workflow.named(\"%s\")%s%s.shutdownTimeout(%d).cancelGrace(%d);",
                flow.name(),
                flow.name(),
                optional(".window", flow.window()),
                optional(".timeout", flow.times().timeout()),
                flow.times().shutdownTimeout(),
                flow.times().grace());
        for (Task task : flow.tasks()) {
            if (task.work() instanceof Flow nested) {
                flow(indent + "    ", nested);
                line(indent, "%s.add(%s)%s;", flow.name(), nested.name(), extras(task, flow));
            } else if (task.work() instanceof Body body) {
                line(indent, "var %s = %s.job(\"%s\", ctx -> {", task.label(), flow.name(), task.label());
                body(indent + "    ", body);
                line(indent, "})%s;", extras(task, flow));
            }
        }
    }

    private void body(String indent, Body body) {
        for (Attempt attempt : body.attempts()) {
            attempt.inner().ifPresent(inner -> {
                flow(indent, inner);
                line(indent, "ctx.run(%s);", inner.name());
            });
            line(
                    indent,
                    "sleep(%d); %s; // if interrupted: sleep(%d); %s",
                    attempt.length(),
                    attempt.end(),
                    attempt.lag(),
                    attempt.answer());
        }
        body.cleanup()
                .ifPresent(one -> line(
                        indent,
                        "// shutdown: sleep(%d)%s; if interrupted: sleep(%d)",
                        one.length(),
                        one.fails() ? "; throw" : "",
                        one.lag()));
    }

    private static String extras(Task task, Flow flow) {
        Options options = task.options();
        Retry retry = options.retry();
        String retries = retry.retries() == 0
                ? ""
                : ".retry(" + retry.retries() + ", delay " + retry.delay() + ", backoff " + retry.factor() + ", cap "
                        + retry.cap() + ")";
        return (options.critical() ? "" : ".critical(false)")
                + (options.forever() ? ".forever(true)" : "")
                + optional(".timeout", options.timeout())
                + retries
                + options.limits().stream().map(i -> ".limit(limit" + i + ")").collect(Collectors.joining())
                + task.needs().stream().map(need -> requires(need, flow)).collect(Collectors.joining());
    }

    private static String requires(Need need, Flow flow) {
        String label = flow.tasks().get(need.task()).label();
        return need.ending() == Ending.FINISHED
                ? ".requires(" + label + ")"
                : ".requires(" + need.ending().name().toLowerCase(Locale.ROOT) + "(" + label + "))";
    }

    private static String optional(String call, int value) {
        return value == 0 ? "" : call + "(" + value + ")";
    }
}
