package io.orrery.workflowfile;

import java.util.LinkedHashMap;
import java.util.Map;

/** How to load a workflow file: with which values of its parameters, seeing which environment. Immutable. */
public final class LoadOptions {

    private static final LoadOptions DEFAULTS = new LoadOptions(Map.of(), System.getenv(), false);

    private final Map<String, String> parameters;
    private final Map<String, String> environment;
    private final boolean checkOnly;

    private LoadOptions(Map<String, String> parameters, Map<String, String> environment, boolean checkOnly) {
        this.parameters = parameters;
        this.environment = environment;
        this.checkOnly = checkOnly;
    }

    /** No values given, the environment of this process, ready to be run. */
    public static LoadOptions defaults() {
        return DEFAULTS;
    }

    /**
     * Gives a parameter a value, as text; a later one replaces an earlier one. A text that does not fit the type of the
     * parameter, and a name that the file does not declare, are problems of the file that is loaded, with a code that
     * {@linkplain Code#isAboutGivenValues says so}.
     */
    public LoadOptions parameter(String name, String value) {
        return parameters(Map.of(name, value));
    }

    /** {@link #parameter} for several. */
    public LoadOptions parameters(Map<String, String> values) {
        var all = new LinkedHashMap<>(parameters);
        all.putAll(values);
        return new LoadOptions(Map.copyOf(all), environment, checkOnly);
    }

    /**
     * The environment that {@code ${{ env.X }}} sees around the file's own; that of this process unless set. Commands
     * inherit the environment of this process whatever is said here.
     */
    public LoadOptions environment(Map<String, String> environment) {
        return new LoadOptions(parameters, Map.copyOf(environment), checkOnly);
    }

    /**
     * Loads for checking and drawing, not for running: a parameter without a value is not a problem then, and what depends
     * on it is not looked at.
     */
    public LoadOptions checkOnly() {
        return new LoadOptions(parameters, environment, true);
    }

    Map<String, String> parameters() {
        return parameters;
    }

    Map<String, String> environment() {
        return environment;
    }

    boolean isCheckOnly() {
        return checkOnly;
    }
}
