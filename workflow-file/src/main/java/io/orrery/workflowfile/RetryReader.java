package io.orrery.workflowfile;

import io.orrery.workflowfile.RetryModel.Cause;
import io.orrery.workflowfile.RetryModel.On;
import io.orrery.workflowfile.format.Vocabularies;
import io.orrery.workflowfile.spelling.Spelling;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Reads {@code retries}: a number, or a mapping. */
final class RetryReader {

    private static final int MOST_RETRIES = 1_000_000;
    private static final Map<String, Cause> CAUSES = Map.of(
            "exit", Cause.EXIT, "timeout", Cause.TIMEOUT, "unreachable", Cause.UNREACHABLE, "error", Cause.ERROR);

    private final Values values;
    private final String what;

    private RetryReader(Values values, String what) {
        this.values = values;
        this.what = what;
    }

    static RetryModel read(Node node, Values values, String what) {
        return new RetryReader(values, what).read(node);
    }

    private RetryModel read(Node node) {
        if (!(node instanceof MappingNode)) {
            Long max = values.whole(node, what, 0, MOST_RETRIES);
            return max == null ? RetryModel.NONE : RetryModel.times(max.intValue());
        }
        Fields fields = Fields.of(node, Vocabularies.RETRIES, what, values.problems());
        Node max = fields.value("max");
        if (max == null) {
            values.problems()
                    .add(
                            Code.MISSING_FIELD,
                            node,
                            "A mapping of " + what + " needs \"max\": how many attempts follow the first one. Add it.");
        }
        Long times = max == null ? null : values.whole(max, fields.what("max"), 0, MOST_RETRIES);
        Duration delay = duration(fields, "delay");
        Double backoff = decimal(fields, "backoff", 1, Double.MAX_VALUE);
        Double jitter = decimal(fields, "jitter", 0, 1);
        return new RetryModel(
                times == null ? 0 : times.intValue(),
                delay == null ? RetryModel.DEFAULT_DELAY : delay,
                backoff == null ? 1 : backoff,
                duration(fields, "maxDelay"),
                jitter == null ? 0 : jitter,
                new On(causes(fields), exitCodes(fields)));
    }

    private @Nullable Duration duration(Fields fields, String name) {
        Node node = fields.value(name);
        return node == null ? null : values.duration(node, fields.what(name));
    }

    private @Nullable Double decimal(Fields fields, String name, double least, double most) {
        Node node = fields.value(name);
        return node == null ? null : values.decimal(node, fields.what(name), least, most);
    }

    private Set<Cause> causes(Fields fields) {
        Node node = fields.value("on");
        if (node == null) {
            return On.ANY.causes();
        }
        var causes = EnumSet.noneOf(Cause.class);
        for (Node item : items(node)) {
            String word = values.text(item, "each part of " + fields.what("on"));
            Cause cause = word == null ? null : CAUSES.get(word);
            if (cause != null) {
                causes.add(cause);
            } else if (word != null) {
                String nearest = Spelling.nearest(word, CAUSES.keySet());
                values.problems()
                        .add(
                                Code.BAD_VALUE,
                                item,
                                "A job can be tried again on exit, timeout, unreachable or error, but not on "
                                        + Names.quote(word)
                                        + "."
                                        + (nearest == null
                                                ? " Choose one of them."
                                                : " Did you mean \"" + nearest + "\"?"));
            }
        }
        return causes;
    }

    private Set<Integer> exitCodes(Fields fields) {
        Node node = fields.value("exitCodes");
        Collection<Integer> codes = new ArrayList<>();
        for (Node item : node == null ? List.<Node>of() : items(node)) {
            Long code = values.whole(item, "each of " + fields.what("exitCodes"), 1, 255);
            if (code != null) {
                codes.add(code.intValue());
            }
        }
        return new TreeSet<>(codes);
    }

    /** One value stands for a list of one. */
    static List<Node> items(Node node) {
        return node instanceof SequenceNode list ? list.getValue() : List.of(node);
    }
}
