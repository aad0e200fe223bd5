package io.orrery.workflowfile.body;

import io.orrery.workflowfile.expression.Evaluator;
import io.orrery.workflowfile.expression.ExpressionException;
import io.orrery.workflowfile.expression.Template;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The values of templates, now. For one attempt of one job. */
final class Values {

    private final Evaluator evaluator;

    Values(Evaluator.Lookup names) {
        this.evaluator = new Evaluator(names);
    }

    String text(Template template, String what) throws JobFailure {
        try {
            String text = template.text(evaluator);
            if (text.indexOf('\0') >= 0) {
                throw new JobFailure("Text for commands can't hold the character NUL, but " + what + " does.");
            }
            return text;
        } catch (ExpressionException e) {
            throw failed(template, what, e);
        }
    }

    Object value(Template template, String what) throws JobFailure {
        try {
            return template.value(evaluator);
        } catch (ExpressionException e) {
            throw failed(template, what, e);
        }
    }

    private static JobFailure failed(Template template, String what, ExpressionException e) {
        return new JobFailure(
                "The expression in " + what + " can't be evaluated: " + e.text() + ": " + template.text());
    }

    List<String> texts(List<Template> templates, String what) throws JobFailure {
        var texts = new ArrayList<String>(templates.size());
        for (Template template : templates) {
            texts.add(text(template, what));
        }
        return texts;
    }

    Map<String, String> texts(Map<String, Template> templates, String what) throws JobFailure {
        Map<String, String> texts = LinkedHashMap.newLinkedHashMap(templates.size());
        for (Map.Entry<String, Template> entry : templates.entrySet()) {
            texts.put(entry.getKey(), text(entry.getValue(), what));
        }
        return texts;
    }

    /** A value with templates in it, each replaced by its value. */
    Object whole(Object value, String what) throws JobFailure {
        return switch (value) {
            case Template template -> value(template, what);
            case List<?> list -> {
                var whole = new ArrayList<Object>(list.size());
                for (Object item : list) {
                    whole.add(whole(item, what));
                }
                yield whole;
            }
            case Map<?, ?> map -> {
                Map<String, Object> whole = LinkedHashMap.newLinkedHashMap(map.size());
                for (Map.Entry<?, ?> entry : map.entrySet()) {
                    whole.put(String.valueOf(entry.getKey()), whole(entry.getValue(), what));
                }
                yield whole;
            }
            default -> value;
        };
    }

    /** Whether a condition holds. */
    boolean holds(Condition condition) throws JobFailure {
        return switch (value(condition.template(), "\"if\"")) {
            case Boolean bool -> bool;
            case Object other ->
                throw new JobFailure(
                        "\"if\" is true or false, but " + condition.source() + " is " + Evaluator.text(other) + ".");
        };
    }
}
