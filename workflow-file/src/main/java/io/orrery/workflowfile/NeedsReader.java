package io.orrery.workflowfile;

import io.orrery.job.Condition.Ending;
import io.orrery.workflowfile.JobModel.Need;
import io.orrery.workflowfile.spelling.Spelling;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Reads {@code requires} in its three forms: a job, a list of jobs, a mapping of jobs and how they have to end. */
final class NeedsReader {

    private static final Map<String, Ending> ENDINGS = Arrays.stream(Ending.values())
            .collect(Collectors.toMap(Ending::word, ending -> ending, (a, b) -> a, LinkedHashMap::new));

    private NeedsReader() {}

    static List<Need> read(@Nullable Node node, Values values, String what) {
        var needs = new ArrayList<Need>();
        switch (node) {
            case null -> {}
            case MappingNode mapping -> {
                for (Entries.Entry entry : Entries.of(mapping, what, values.problems())) {
                    needs.add(new Need(entry.name(), ending(entry.value(), values, what), Span.of(entry.key())));
                }
            }
            case SequenceNode list -> list.getValue().forEach(item -> add(needs, item, values, "each part of " + what));
            default -> add(needs, node, values, what);
        }
        return needs;
    }

    private static void add(List<Need> needs, Node node, Values values, String what) {
        String job = values.text(node, what);
        if (job != null) {
            needs.add(new Need(job, Ending.FINISHED, Span.of(node)));
        }
    }

    private static Ending ending(Node node, Values values, String what) {
        String word = values.text(node, "the ending asked for in " + what);
        Ending ending = word == null ? null : ENDINGS.get(word);
        if (word != null && ending == null) {
            String nearest = Spelling.nearest(word, ENDINGS.keySet());
            values.problems()
                    .add(
                            Code.BAD_VALUE,
                            node,
                            "A job can be required to have finished, succeeded or failed, but here is "
                                    + Names.quote(word) + "."
                                    + (nearest == null
                                            ? " Choose one of them."
                                            : " Did you mean \"" + nearest + "\"?"));
        }
        return ending == null ? Ending.FINISHED : ending;
    }
}
