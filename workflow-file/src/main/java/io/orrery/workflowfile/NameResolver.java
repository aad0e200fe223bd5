package io.orrery.workflowfile;

import io.orrery.workflowfile.expression.Expression;
import io.orrery.workflowfile.expression.Template;
import io.orrery.workflowfile.expression.Type;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Finds what the names in an expression stand for: a value, or a name with a type if the value is only known later. */
final class NameResolver {

    private static final List<String> ROOTS = List.of("params", "env", "secrets", "run", "matrix", "node", "jobs");
    private static final Map<String, Type> OF_RUNS = Map.of(
            "id", Type.STRING,
            "name", Type.STRING,
            "scheduledAt", Type.STRING,
            "attempt", Type.INT,
            "state", Type.STRING,
            "why", Type.STRING);
    private static final Set<String> AT_THE_END = Set.of("state", "why");
    private static final Map<String, Type> OF_NODES =
            Map.of("id", Type.STRING, "host", Type.STRING, "user", Type.STRING);

    private final Scope scope;
    private final Problems problems;
    private final Supplier<Span> at;

    NameResolver(Scope scope, Problems problems, Supplier<Span> at) {
        this.scope = scope;
        this.problems = problems;
        this.at = at;
    }

    /** What a name stands for; null if there is nothing of that name, which is a problem then. */
    @Nullable
    Expression resolve(Expression.Name name) {
        String root = name.root();
        if (!ROOTS.contains(root)) {
            return unknown(
                    Names.quote(root) + " is no group of names", root, ROOTS, "Known: " + String.join(", ", ROOTS));
        }
        int wanted = root.equals("jobs") ? 3 : 2;
        if (name.path().size() < 2
                || name.path().size() > wanted + 1
                || root.equals("jobs") && name.path().size() < 3) {
            problems.add(
                    Code.BAD_EXPRESSION,
                    at.get(),
                    "%s is not a whole name. Write %s."
                            .formatted(
                                    Names.quote(name.text()),
                                    wanted == 3
                                            ? "jobs.ID.outputs.NAME, jobs.ID.state or jobs.ID.exitCode"
                                            : root + ".NAME"));
            return null;
        }
        String second = name.path().get(1);
        Expression found = switch (root) {
            case "params" -> parameter(second);
            case "env" -> variable(second);
            case "secrets" -> secret(second);
            case "run" -> run(second);
            case "matrix" -> matrix(second);
            case "node" -> node(second);
            default -> job(name);
        };
        return found != null && wanted == 2 && name.path().size() > 2 ? tooLong(name) : found;
    }

    private @Nullable Expression tooLong(Expression.Name name) {
        problems.add(
                Code.BAD_EXPRESSION,
                at.get(),
                "%s has a part too many. Write %s."
                        .formatted(
                                Names.quote(name.text()),
                                String.join(".", name.path().subList(0, 2))));
        return null;
    }

    private @Nullable Expression parameter(String name) {
        Parameter parameter = scope.parameter(name);
        Set<String> known = scope.file().parameters().declared().keySet();
        if (parameter == null) {
            String meant = problems.nearest(name, known);
            if (meant != null) {
                scope.parameter(meant); // so that it is not reported as unused as well
            }
            return unknown("There is no parameter " + Names.quote(name), name, known, "Declare it under \"params\"");
        }
        Object value = parameter.value();
        return value == null ? late(parameter.type().type(), "params", name) : new Expression.Constant(value);
    }

    private @Nullable Expression variable(String name) {
        for (Map.Entry<String, String> secret : scope.file().secrets().entrySet()) {
            if (secret.getValue().equals(name)) {
                return late(Type.STRING, "secrets", secret.getKey());
            }
        }
        Template value = scope.variable(name);
        return value == null
                ? unknown(
                        "There is no environment variable " + Names.quote(name),
                        name,
                        scope.variableNames(),
                        "Declare it under \"env\"")
                : value.expression();
    }

    private @Nullable Expression secret(String name) {
        Set<String> known = scope.file().secrets().keySet();
        return known.contains(name)
                ? late(Type.STRING, "secrets", name)
                : unknown("There is no secret " + Names.quote(name), name, known, "Declare it under \"secrets\"");
    }

    private @Nullable Expression run(String name) {
        Type type = OF_RUNS.get(name);
        if (type == null) {
            return unknown(
                    "Nothing of a run is called " + Names.quote(name),
                    name,
                    OF_RUNS.keySet(),
                    "Known: id, name, scheduledAt, attempt, state, why");
        }
        if (AT_THE_END.contains(name) && !scope.place().isFinally()) {
            problems.add(
                    Code.UNKNOWN_NAME,
                    at.get(),
                    "While a run goes on it has no \"run.%s\" yet. Use it under \"finally\" only.".formatted(name));
            return null;
        }
        String known = scope.file().run().get(name);
        return known == null ? late(type, "run", name) : new Expression.Constant(known);
    }

    private @Nullable Expression matrix(String name) {
        Object value = scope.matrix().get(name);
        return value == null
                ? unknown(
                        "There is no " + Names.quote(name) + " in the matrix of this job",
                        name,
                        scope.matrix().keySet(),
                        "Declare it under \"matrix\" of the job")
                : new Expression.Constant(value);
    }

    private @Nullable Expression node(String name) {
        Type type = OF_NODES.get(name);
        if (type == null || !scope.place().hasNode()) {
            return unknown(
                    type == null
                            ? "Nothing of a node is called " + Names.quote(name)
                            : "This job runs on no other node, so there is no " + Names.quote("node." + name),
                    name,
                    type == null ? OF_NODES.keySet() : Set.of(),
                    "Write node.id, node.host or node.user, in a job with \"node\"");
        }
        return late(type, "node", name);
    }

    private @Nullable Expression job(Expression.Name name) {
        String id = name.path().get(1);
        Scope.Found found = scope.job(id);
        if (found == null) {
            return unknown(
                    "There is no job " + Names.quote(id) + " here",
                    id,
                    scope.jobIds(),
                    "Name a job of this workflow, or of one around it");
        }
        Type type = partOfJob(name, found.names());
        if (type == null) {
            return null;
        }
        scope.refer(id, found.level(), name.path().get(2), at.get());
        return new Expression.Name(name.path(), found.names().isMany() ? Type.LIST : type);
    }

    private @Nullable Type partOfJob(Expression.Name name, Scope.JobNames job) {
        String part = name.path().get(2);
        boolean hasFourth = name.path().size() == 4;
        if (part.equals("outputs") && hasFourth) {
            String output = name.path().get(3);
            Type type = job.outputs().get(output);
            if (type == null) {
                unknown(
                        "Job \"%s\" declares no output %s".formatted(name.path().get(1), Names.quote(output)),
                        output,
                        job.outputs().keySet(),
                        "Declare it under \"outputs\" of that job");
            }
            return type;
        }
        if (part.equals("state") && !hasFourth) {
            return Type.STRING;
        } else if (part.equals("exitCode") && !hasFourth) {
            return Type.INT;
        }
        problems.add(
                part.equals("outputs") ? Code.BAD_EXPRESSION : Code.UNKNOWN_NAME,
                at.get(),
                "%s is nothing that a job has. Write jobs.ID.outputs.NAME, jobs.ID.state or jobs.ID.exitCode."
                        .formatted(Names.quote(name.text())));
        return null;
    }

    private static Expression late(Type type, String root, String name) {
        return new Expression.Name(List.of(root, name), type);
    }

    private @Nullable Expression unknown(String message, String name, Collection<String> known, String otherwise) {
        String nearest = problems.nearest(name, known);
        String remedy = nearest != null ? "Did you mean \"" + nearest + "\"?" : otherwise + ".";
        problems.add(Code.UNKNOWN_NAME, at.get(), message + ". " + remedy);
        return null;
    }
}
