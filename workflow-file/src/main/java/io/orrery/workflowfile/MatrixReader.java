package io.orrery.workflowfile;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Reads {@code matrix}: names and lists of values, of which each combination makes an instance of the job. */
final class MatrixReader {

    private final Values values;

    MatrixReader(Values values) {
        this.values = values;
    }

    /** The combinations, the last name changing fastest; the single empty one if there is no matrix to be read. */
    List<Map<String, Object>> read(Fields fields) {
        Node node = fields.value("matrix");
        List<Map<String, Object>> combinations = List.of(Map.of());
        if (node == null) {
            return combinations;
        }
        Problems problems = values.problems();
        if (!(node instanceof MappingNode mapping)) {
            problems.add(
                    Code.WRONG_TYPE,
                    node,
                    "%s is a mapping of names and lists, but here is %s. Write {size: [1, 2]}."
                            .formatted(fields.what("matrix"), Values.kind(node)));
            return combinations;
        }
        for (Entries.Entry entry : Entries.of(mapping, fields.what("matrix"), problems)) {
            if (!Names.PARAMETER.matcher(entry.name()).matches()) {
                problems.add(
                        Code.BAD_NAME,
                        entry.key(),
                        "The name of a part of a matrix has letters, digits, - and _, but this is "
                                + Names.quote(entry.name()) + ". Rename it.");
                continue;
            }
            combinations = times(combinations, entry, list(entry, fields.what("matrix")));
        }
        return combinations;
    }

    private List<Map<String, Object>> times(
            List<Map<String, Object>> combinations, Entries.Entry entry, List<Object> list) {
        if ((long) combinations.size() * list.size() > Limits.INSTANCES) {
            values.problems()
                    .add(
                            Code.BAD_VALUE,
                            entry.key(),
                            "A matrix has at most %d combinations, but with this one there are more. Make it smaller."
                                    .formatted(Limits.INSTANCES));
            return combinations;
        }
        var more = new ArrayList<Map<String, Object>>();
        for (Map<String, Object> combination : combinations) {
            for (Object value : list) {
                Map<String, Object> one = new LinkedHashMap<>(combination);
                one.put(entry.name(), value);
                more.add(one);
            }
        }
        return more;
    }

    private List<Object> list(Entries.Entry entry, String what) {
        Problems problems = values.problems();
        String name = Names.quote(entry.name()) + " of " + what;
        Node node = entry.value();
        var list = new ArrayList<Object>();
        if (node instanceof SequenceNode sequence) {
            for (Node item : sequence.getValue()) {
                Object value = values.scalar(item, "each value of " + name);
                if (value != null) {
                    values.warnOfLostZero(item);
                    list.add(value);
                }
            }
        } else if (node instanceof ScalarNode scalar && Expressions.in(scalar)) {
            Object value = values.value(node, name, "a list");
            if (value instanceof List<?> found && found.stream().noneMatch(MatrixReader::isBig)) {
                list.addAll(found);
            } else if (value != null) {
                problems.add(Code.WRONG_TYPE, node, name + " is a list of single values. Write fromJson(...) of one.");
            }
        } else {
            problems.add(
                    Code.WRONG_TYPE,
                    node,
                    "%s is a list, but here is %s. Put it in brackets: [a, b].".formatted(name, Values.kind(node)));
        }
        if (list.isEmpty()) {
            if (node instanceof SequenceNode sequence && sequence.getValue().isEmpty()) {
                problems.add(
                        Code.BAD_VALUE,
                        node,
                        "%s has no values, so there is no job at all. Give it some.".formatted(name));
            }
            list.add("?");
        }
        return list;
    }

    private static boolean isBig(Object value) {
        return value instanceof List || value instanceof Map;
    }
}
