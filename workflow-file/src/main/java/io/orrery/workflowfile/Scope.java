package io.orrery.workflowfile;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The names that expressions can use at some place: the parameters, and the environment as it is there. For use by one
 * thread.
 */
final class Scope {

    /**
     * What a name of a parameter without a value stands for when a file is only checked.
     *
     * @param text what is shown in its place
     */
    record Unknown(String text) {}

    private final Map<String, Parameter> parameters;
    private final Set<String> used; // names of parameters; shared by all scopes of a file
    private final Map<String, String> variables;
    private final @Nullable Scope outer;

    private Scope(
            Map<String, Parameter> parameters, Set<String> used, Map<String, String> variables, @Nullable Scope outer) {
        this.parameters = parameters;
        this.used = used;
        this.variables = variables;
        this.outer = outer;
    }

    static Scope of(Map<String, Parameter> parameters, Map<String, String> environment) {
        return new Scope(parameters, new TreeSet<>(), environment, null);
    }

    /** This scope with more variables, which hide those of the same name. */
    Scope with(Map<String, String> more) {
        return more.isEmpty() ? this : new Scope(parameters, used, more, this);
    }

    /** A declared parameter; null if there is none of that name. */
    @Nullable
    Parameter parameter(String name) {
        Parameter parameter = parameters.get(name);
        if (parameter != null) {
            used.add(name);
        }
        return parameter;
    }

    /** The value of an environment variable; null if there is none of that name. */
    @Nullable
    String variable(String name) {
        for (Scope scope = this; scope != null; scope = scope.outer) {
            String value = scope.variables.get(name);
            if (value != null) {
                return value;
            }
        }
        return null;
    }

    Set<String> parameterNames() {
        return parameters.keySet();
    }

    Set<String> variableNames() {
        var names = new TreeSet<String>();
        for (Scope scope = this; scope != null; scope = scope.outer) {
            names.addAll(scope.variables.keySet());
        }
        return names;
    }

    boolean isUsed(String parameter) {
        return used.contains(parameter);
    }
}
