package io.orrery.workflowfile;

import io.orrery.time.TimeSource;
import io.orrery.workflowfile.process.JavaJobs;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How to load a workflow file: with which values of its parameters, seeing which environment. Immutable. */
public final class LoadOptions {

    private static final LoadOptions DEFAULTS = new LoadOptions(
            new Given(Map.of(), Set.of()),
            new Surroundings(System.getenv(), Map.of(), ""),
            new Called("", Map.of()),
            null,
            Purpose.RUN);

    /** What a file is loaded for. */
    private enum Purpose {
        RUN,
        RUN_AS_FAR_AS_POSSIBLE,
        CHECK
    }

    /**
     * What is around the file.
     *
     * @param environment the environment that is seen
     * @param variables variables that commands get beyond that of this process
     * @param scheduledAt the moment at which the run was to begin; empty for now
     */
    private record Surroundings(Map<String, String> environment, Map<String, String> variables, String scheduledAt) {}

    /**
     * Values of parameters.
     *
     * @param texts those that are known
     * @param late the names of those that are only known while the run goes on
     */
    record Given(Map<String, String> texts, Set<String> late) {
        Given {
            texts = Map.copyOf(texts);
            late = Set.copyOf(late);
        }
    }

    /**
     * What the run is called.
     *
     * @param name its name; empty for that of the file
     * @param labels labels beyond those of the file
     */
    private record Called(String name, Map<String, String> labels) {}

    private final Given given;
    private final Surroundings surroundings;
    private final Called called;
    private final @Nullable JavaJobs java;
    private final Purpose purpose;

    private LoadOptions(
            Given given, Surroundings surroundings, Called called, @Nullable JavaJobs java, Purpose purpose) {
        this.given = given;
        this.surroundings = surroundings;
        this.called = called;
        this.java = java;
        this.purpose = purpose;
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
        var all = new LinkedHashMap<>(given.texts);
        all.putAll(values);
        return given(new Given(all, given.late));
    }

    /**
     * The environment that {@code ${{ env.X }}} sees around the file's own; that of this process unless set. Commands
     * inherit the environment of this process whatever is said here.
     */
    public LoadOptions environment(Map<String, String> environment) {
        return around(new Surroundings(Map.copyOf(environment), surroundings.variables, surroundings.scheduledAt));
    }

    private LoadOptions around(Surroundings other) {
        return new LoadOptions(given, other, called, java, purpose);
    }

    /** These values, and no others. */
    LoadOptions given(Given values) {
        return new LoadOptions(values, surroundings, called, java, purpose);
    }

    /** Variables that commands get, and expressions see, beyond the environment; the file's own replace them. */
    public LoadOptions variables(Map<String, String> variables) {
        return around(new Surroundings(surroundings.environment, Map.copyOf(variables), surroundings.scheduledAt));
    }

    /** The moment at which the run was to begin, which {@code ${{ run.scheduledAt }}} names; now, unless set. */
    public LoadOptions scheduledAt(Instant moment) {
        return around(new Surroundings(surroundings.environment, surroundings.variables, moment.toString()));
    }

    /**
     * Gives the workflow another name than its file does. Files that it uses keep theirs.
     *
     * @throws IllegalArgumentException if it is blank
     */
    public LoadOptions name(String name) {
        if (name.isBlank()) {
            throw new IllegalArgumentException("A workflow has a name, but this one is blank. Write some text.");
        }
        return called(new Called(name, called.labels));
    }

    /** Gives the workflow more labels, in place of those that the file gives the same name. */
    public LoadOptions labels(Map<String, String> labels) {
        var all = new LinkedHashMap<>(called.labels);
        all.putAll(labels);
        return called(new Called(called.name, all));
    }

    private LoadOptions called(Called other) {
        return new LoadOptions(given, surroundings, other, java, purpose);
    }

    /** These options for a file that another one uses. */
    LoadOptions ofPart() {
        return called(new Called("", Map.of()));
    }

    String name() {
        return called.name;
    }

    Map<String, String> labels() {
        return called.labels;
    }

    /** Where the jobs that are written in Java come from. Unless set, none is known. */
    public LoadOptions java(JavaJobs jobs) {
        return new LoadOptions(given, surroundings, called, jobs, purpose);
    }

    /**
     * Has a failed job not stop the run: jobs that require it are skipped, all others go on. The run has failed when all is
     * done.
     */
    public LoadOptions keepGoing() {
        return new LoadOptions(given, surroundings, called, java, Purpose.RUN_AS_FAR_AS_POSSIBLE);
    }

    /**
     * Loads for checking and drawing, not for running: a parameter or secret without a value is not a problem then, nor is a
     * job that this version can't run; and what depends on a value that is not there is not looked at.
     */
    public LoadOptions checkOnly() {
        return new LoadOptions(given, surroundings, called, java, Purpose.CHECK);
    }

    Given given() {
        return given;
    }

    Map<String, String> environment() {
        return surroundings.environment;
    }

    Map<String, String> variables() {
        return surroundings.variables;
    }

    String scheduledAt() {
        return surroundings.scheduledAt.isEmpty()
                ? TimeSource.system().instant().toString()
                : surroundings.scheduledAt;
    }

    JavaJobs java() {
        return java == null ? JavaJobs.NONE : java;
    }

    boolean knowsJava() {
        return java != null;
    }

    boolean isCheckOnly() {
        return purpose == Purpose.CHECK;
    }

    boolean isKeepGoing() {
        return purpose == Purpose.RUN_AS_FAR_AS_POSSIBLE;
    }
}
