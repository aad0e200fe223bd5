package io.orrery.benchmarks.stores;

import static io.orrery.benchmarks.Tables.number;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** Writes figures as Markdown: the machine, the goals, and all that was measured. */
final class Report {

    private static final String NOTHING = "–";

    private final StringBuilder text = new StringBuilder();

    private Report() {}

    static String of(Map<String, String> facts, Figures figures) {
        var report = new Report();
        facts.forEach((name, fact) ->
                report.text.append("* ").append(name).append(": ").append(fact).append('\n'));
        report.goals(figures);
        for (Measure measure : Measure.values()) {
            report.measure(measure, figures);
        }
        return report.text.toString();
    }

    private void goals(Figures figures) {
        text.append('\n');
        row("goal", "", "measured", "");
        row("---", "--:", "--:", "---");
        for (Goal goal : Goal.all()) {
            OptionalDouble measured = goal.measured().apply(figures);
            row(
                    goal.what(),
                    (goal.atMost() ? "≤ " : "≥ ") + value(goal.bound(), goal.isTime()),
                    measured.isEmpty() ? NOTHING : value(measured.getAsDouble(), goal.isTime()),
                    measured.isEmpty()
                            ? "not measured"
                            : goal.isMetBy(measured.getAsDouble()) ? "reached" : "**falls short**");
        }
    }

    private void measure(Measure measure, Figures figures) {
        List<String> measured = Contestants.all().stream()
                .map(Contestant::title)
                .filter(title -> figures.count(title, measure) > 0)
                .toList();
        if (measured.isEmpty()) {
            return;
        }
        text.append('\n');
        row(measure.toString(), "median", "best", "worst", "rounds");
        row("---", "--:", "--:", "--:", "--:");
        for (String title : measured) {
            List<Double> extremes = figures.extremes(title, measure);
            row(
                    title,
                    value(figures.median(title, measure).orElseThrow(), measure.isTime()),
                    value(extremes.getFirst(), measure.isTime()),
                    value(extremes.getLast(), measure.isTime()),
                    Integer.toString(figures.count(title, measure)));
        }
    }

    private static String value(double value, boolean isTime) {
        return isTime ? number(value / 1e6) + " ms" : number(value);
    }

    private void row(String... cells) {
        text.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }
}
