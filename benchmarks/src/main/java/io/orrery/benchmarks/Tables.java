package io.orrery.benchmarks;

import static io.orrery.benchmarks.Contenders.ORRERY;

import io.orrery.benchmarks.Sample.Measure;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/** Writes results as Markdown: the machine, the goals, and every figure that was measured. */
public final class Tables {

    private static final String NOTHING = "–";

    private final Results results;
    private final StringBuilder text = new StringBuilder();

    private Tables(Results results) {
        this.results = results;
    }

    static String of(Map<String, String> facts, Results results, List<Criterion> criteria) {
        var tables = new Tables(results);
        tables.facts(facts);
        tables.criteria(criteria);
        results.workloads().forEach(tables::workload);
        results.weighed().forEach(tables::weights);
        return tables.text.toString();
    }

    private void facts(Map<String, String> facts) {
        facts.forEach((name, fact) ->
                text.append("* ").append(name).append(": ").append(fact).append('\n'));
    }

    private void criteria(List<Criterion> criteria) {
        heading("Goals");
        String group = "";
        for (Criterion criterion : criteria) {
            if (!criterion.group().equals(group)) {
                group = criterion.group();
                text.append("\n**").append(group).append("**\n\n");
                row("what", "goal", "measured", "");
                row("---", "--:", "--:", "---");
            }
            OptionalDouble measured = criterion.measured().apply(results);
            row(
                    criterion.what(),
                    criterion.bound() + " " + number(criterion.goal()) + criterion.unit(),
                    measured(criterion, measured),
                    verdict(criterion, measured));
        }
    }

    private static String measured(Criterion criterion, OptionalDouble measured) {
        if (measured.isEmpty()) {
            return NOTHING;
        }
        return Double.isFinite(measured.getAsDouble()) ? number(measured.getAsDouble()) + criterion.unit() : "failed";
    }

    private static String verdict(Criterion criterion, OptionalDouble measured) {
        if (measured.isEmpty()) {
            return "not measured";
        }
        return criterion.isMetBy(measured.getAsDouble()) ? "reached" : "**falls short**";
    }

    private void workload(Workload workload) {
        heading(workload.toString());
        text.append('\n');
        String unit = workload.times() > 1 ? "run" : "job";
        row("", "ns/" + unit, "best", "processor ns/" + unit, "allocated B/" + unit, "Orrery takes", "rounds");
        row("---", "--:", "--:", "--:", "--:", "--:", "--:");
        for (String contender : results.contenders(workload)) {
            String failure = results.failure(workload, contender).orElse("");
            OptionalDouble wall = results.each(workload, contender, Measure.WALL);
            row(
                    contender,
                    wall.isEmpty() ? failure : number(wall),
                    number(results.best(workload, contender)),
                    number(results.each(workload, contender, Measure.CPU)),
                    number(results.each(workload, contender, Measure.ALLOCATED)),
                    ratio(workload, contender),
                    results.rounds(workload, contender)
                            + (wall.isEmpty() || failure.isEmpty() ? "" : ", then " + failure));
        }
    }

    private String ratio(Workload workload, String contender) {
        OptionalDouble ratio = results.ratio(workload, ORRERY, contender, Measure.WALL);
        return contender.equals(ORRERY) || ratio.isEmpty() ? NOTHING : "× " + number(ratio.getAsDouble());
    }

    private void weights(Workload workload) {
        heading("Memory of " + workload);
        text.append("\n"
                + "One run in a virtual machine of its own, `-Xmx512m`. Bodies and labels, made before, are part"
                + " of the peak.\n\n");
        row("", "plan B/job", "plan and state of the run B/job", "peak of the process MB");
        row("---", "--:", "--:", "--:");
        results.weights(workload).forEach((contender, line) -> {
            switch (line) {
                case Line.Weighed weighed ->
                    row(
                            contender,
                            perJob(weighed.plan(), workload),
                            perJob(weighed.state(), workload),
                            number(weighed.peak() / 1e6));
                case Line.Failed failed -> row(contender, NOTHING, NOTHING, failed.why());
                case Line.Measured _ -> throw new IllegalStateException("a time among the weights");
            }
        });
    }

    private static String perJob(long bytes, Workload workload) {
        return bytes == 0 ? NOTHING : number((double) bytes / workload.jobs());
    }

    private void heading(String title) {
        text.append("\n### ").append(title).append('\n');
    }

    private void row(String... cells) {
        text.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }

    private static String number(OptionalDouble value) {
        return value.isEmpty() ? NOTHING : number(value.getAsDouble());
    }

    /** Three digits are all that a measurement like this is good for. */
    public static String number(double value) {
        double size = Math.abs(value);
        String format = size >= 100 || value == Math.rint(value)
                ? "%,.0f"
                : size >= 10 ? "%.1f" : size >= 0.1 ? "%.2f" : "%.4f";
        return String.format(Locale.ROOT, format, value);
    }
}
