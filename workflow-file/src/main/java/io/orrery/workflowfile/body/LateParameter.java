package io.orrery.workflowfile.body;

import io.orrery.job.JobContext;
import io.orrery.workflowfile.expression.Evaluator;
import io.orrery.workflowfile.expression.ExpressionException;
import io.orrery.workflowfile.expression.Template;

/**
 * A parameter of a workflow file that another one uses, whose value is only known while the run goes on. Immutable.
 *
 * @param template what the other one gives
 * @param conversion makes it a value of the parameter
 * @param environment that of the jobs of the other one
 * @param handles the jobs of the other one
 */
public record LateParameter(Template template, Conversion conversion, Environment environment, Handles handles) {

    /** Makes a text a value of a parameter. */
    @FunctionalInterface
    public interface Conversion {
        /**
         * The value.
         *
         * @throws ExpressionException if it is not allowed
         */
        Object value(String text) throws ExpressionException;
    }

    Object value(JobContext context) throws ExpressionException {
        return conversion.value(template.text(new Evaluator(new LiveNames(context, environment, handles))));
    }
}
