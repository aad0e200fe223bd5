package io.orrery.workflowfile;

import io.orrery.workflowfile.expression.Template;
import io.orrery.workflowfile.expression.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The names that expressions can use at some place: parameters, the environment as it is there, secrets, the jobs that are
 * around it. Each place adds some to those of the place around it. For use by one thread.
 */
final class Scope {

    /**
     * A job as expressions see it before it is read.
     *
     * @param outputs its outputs and their types
     * @param isMany whether it stands for several
     */
    record JobNames(Map<String, Type> outputs, boolean isMany) {}

    /**
     * A use of what becomes of a job.
     *
     * @param job the job
     * @param level how many workflows are around the jobs that it is one of
     * @param what which part
     * @param at where
     */
    record Reference(String job, int level, String what, Span at) {}

    /**
     * The parameters of a file.
     *
     * @param declared those that are declared, by their names
     * @param late the names of those whose value is only known while the run goes on
     * @param used the names of those that were used so far
     */
    record Parameters(Map<String, Parameter> declared, Set<String> late, Set<String> used) {}

    /** The names of a file as a whole. */
    record File(
            Parameters parameters,
            Map<String, String> secrets, // names, and the variables they come from
            Set<String> usedNodes,
            Map<String, String> run) {} // what is known of the run beforehand

    private final File file;
    private final @Nullable Scope outer;
    private final Map<String, Template> variables;
    private final Map<String, JobNames> jobs;
    private final Map<String, Object> matrix;
    private final Place place;

    /**
     * Where it is.
     *
     * @param level how many workflows are around it
     * @param isFinally whether it is behind the end of the run
     * @param hasNode whether it runs on another machine
     * @param references takes note of the jobs that are named
     */
    record Place(int level, boolean isFinally, boolean hasNode, List<Reference> references) {}

    private Scope(
            File file,
            @Nullable Scope outer,
            Map<String, Template> variables,
            Map<String, JobNames> jobs,
            Map<String, Object> matrix,
            Place place) {
        this.file = file;
        this.outer = outer;
        this.variables = variables;
        this.jobs = jobs;
        this.matrix = matrix;
        this.place = place;
    }

    static Scope of(File file, Map<String, Template> environment) {
        var place = new Place(0, /* isFinally= */ false, /* hasNode= */ false, new ArrayList<>());
        return new Scope(file, null, environment, Map.of(), Map.of(), place);
    }

    /** Without any names. */
    static Scope empty() {
        return of(
                new File(new Parameters(Map.of(), Set.of(), new TreeSet<>()), Map.of(), new TreeSet<>(), Map.of()),
                Map.of());
    }

    /** This scope with more variables, which hide those of the same name. */
    Scope with(Map<String, Template> more) {
        return more.isEmpty() ? this : new Scope(file, this, more, Map.of(), matrix, place);
    }

    /** The scope inside a workflow with these jobs. */
    Scope inside(Map<String, JobNames> named, boolean isFinally) {
        var inner = new Place(place.level + 1, isFinally || place.isFinally, place.hasNode, place.references);
        return new Scope(file, this, Map.of(), named, matrix, inner);
    }

    /** The scope of one instance of a job, which collects its references anew. */
    Scope ofJob(Map<String, Object> values, boolean hasNode) {
        var own = new Place(place.level, place.isFinally, hasNode, new ArrayList<>());
        return new Scope(file, this, Map.of(), Map.of(), values.isEmpty() ? matrix : values, own);
    }

    /** A declared parameter; null if there is none of that name. */
    @Nullable
    Parameter parameter(String name) {
        Parameter parameter = file.parameters.declared.get(name);
        if (parameter != null) {
            file.parameters.used.add(name);
        }
        return parameter;
    }

    /** The value of an environment variable; null if there is none of that name. */
    @Nullable
    Template variable(String name) {
        for (Scope scope = this; scope != null; scope = scope.outer) {
            Template value = scope.variables.get(name);
            if (value != null) {
                return value;
            }
        }
        return null;
    }

    /** A job, and the level it is at. */
    record Found(JobNames names, int level) {}

    /** The innermost job of that name; null if there is none. */
    @Nullable
    Found job(String id) {
        for (Scope scope = this; scope != null; scope = scope.outer) {
            JobNames names = scope.jobs.get(id);
            if (names != null) {
                return new Found(names, scope.place.level);
            }
        }
        return null;
    }

    Set<String> jobIds() {
        var ids = new TreeSet<String>();
        for (Scope scope = this; scope != null; scope = scope.outer) {
            ids.addAll(scope.jobs.keySet());
        }
        return ids;
    }

    void refer(String job, int level, String what, Span at) {
        place.references.add(new Reference(job, level, what, at));
    }

    Place place() {
        return place;
    }

    File file() {
        return file;
    }

    Map<String, Object> matrix() {
        return matrix;
    }

    Set<String> variableNames() {
        var names = new TreeSet<String>();
        for (Scope scope = this; scope != null; scope = scope.outer) {
            names.addAll(scope.variables.keySet());
        }
        return names;
    }

    boolean isUsed(String parameter) {
        return file.parameters.used.contains(parameter);
    }
}
