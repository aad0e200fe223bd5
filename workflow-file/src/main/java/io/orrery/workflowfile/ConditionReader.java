package io.orrery.workflowfile;

import io.orrery.workflowfile.body.Condition;
import io.orrery.workflowfile.expression.ExpressionException;
import io.orrery.workflowfile.expression.Template;
import io.orrery.workflowfile.expression.Type;
import io.orrery.workflowfile.expression.Types;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Reads {@code if}. */
final class ConditionReader {

    private static final Pattern NAMES_SOMETHING =
            Pattern.compile("\\b(params|env|matrix|run|jobs|secrets|node)\\s*\\.");

    private ConditionReader() {}

    /** The condition of a job; null if it has none, or one that always holds. */
    static @Nullable Condition read(Fields fields, Values values) {
        Node node = fields.value("if");
        if (node == null) {
            return null;
        }
        String what = fields.what("if");
        if (node instanceof ScalarNode scalar
                && !Expressions.in(scalar)
                && Values.literal(scalar) instanceof String text) {
            values.problems()
                    .add(
                            Code.WRONG_TYPE,
                            node,
                            "%s is true or false, but here is %s. %s"
                                    .formatted(what, Values.kind(node), remedy(text.strip())));
            return null;
        }
        Template template = values.condition(node, what);
        if (template == null) {
            return null;
        }
        String source = node instanceof ScalarNode scalar ? scalar.getValue().strip() : "";
        if (template.isKnown()) {
            return known(template, source, node, values, what);
        }
        return unknown(template, source, node, values, what);
    }

    /** What is meant; some other dialects ask like that how jobs ended. */
    private static String remedy(String text) {
        return switch (text) {
            case "success()" -> "Drop it, and write requires: {JOB: succeeded}.";
            case "failure()" -> "Drop it, and write requires: {JOB: failed}.";
            case "always()", "!cancelled()" ->
                "Drop it: a job runs when those that it requires have finished, however; what is to be done after any"
                        + " run stands under \"finally\".";
            case "" -> "Write ${{ ... }}.";
            default -> "Write ${{ " + text + " }}.";
        };
    }

    /** What is known only later, but is of the right type. */
    private static @Nullable Condition unknown(
            Template template, String source, Node node, Values values, String what) {
        try {
            Type type = Types.of(template.expression());
            if (type == Type.BOOL || type == Type.ANY) {
                return new Condition(template, source);
            }
            values.problems()
                    .add(
                            Code.TYPES_DO_NOT_FIT,
                            node,
                            "%s is true or false, but %s is %s. Compare it: ${{ ... == 'x' }}."
                                    .formatted(what, source, type.word()));
        } catch (ExpressionException e) {
            throw new IllegalStateException("it has been checked", e);
        }
        return null;
    }

    private static @Nullable Condition known(Template template, String source, Node node, Values values, String what) {
        if (!(template.shown() instanceof Boolean holds)) {
            values.problems()
                    .add(
                            Code.TYPES_DO_NOT_FIT,
                            node,
                            "%s is true or false, but %s is %s. Compare it: ${{ ... == 'x' }}."
                                    .formatted(
                                            what,
                                            Names.quote(source),
                                            Type.of(template.shown()).word()));
            return null;
        }
        if (!holds && !NAMES_SOMETHING.matcher(source).find()) {
            values.problems()
                    .add(
                            Code.NEVER_RUNS,
                            node,
                            "%s never holds, whatever the parameters are. Drop the job, or the condition."
                                    .formatted(what));
        }
        return holds ? null : new Condition(template, source);
    }
}
