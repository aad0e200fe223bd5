package io.orrery.cli.command;

import io.orrery.workflowfile.LoadOptions;
import io.orrery.workflowfile.ValueFiles;
import io.orrery.workflowfile.process.JavaJobs;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** What a workflow file is given: values of parameters, variables, classes. */
final class ValueOptions {

    @Spec(Target.MIXEE)
    private @Nullable CommandSpec spec;

    @Option(
            names = {"-p", "--param"},
            paramLabel = "NAME=VALUE",
            description = "Give a parameter of the workflow a value. May be repeated.")
    private List<String> parameters = new ArrayList<>();

    @Option(
            names = "--params-file",
            paramLabel = "FILE",
            description = "Values of parameters, in YAML or JSON; -p goes before it.")
    private @Nullable Path parametersFile;

    @Option(
            names = "--env-file",
            paramLabel = "FILE",
            description = "Variables for the commands, a line NAME=text each.")
    private @Nullable Path variablesFile;

    @Option(
            names = "--class-path",
            paramLabel = "PATHS",
            description = "Jars and folders with the classes of Java jobs, separated as in any class path.")
    private @Nullable String classPath;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "The name of the workflow, in place of what the file says.")
    private @Nullable String name;

    @Option(
            names = "--label",
            paramLabel = "NAME=VALUE",
            description = "Give the run a label, which its report (--json) has. May be repeated.")
    private List<String> labels = new ArrayList<>();

    /** The options with which to load a file. */
    LoadOptions load() {
        try {
            Map<String, String> values = new LinkedHashMap<>();
            if (parametersFile != null) {
                values.putAll(ValueFiles.parameters(parametersFile));
            }
            values.putAll(named("-p", parameters));
            LoadOptions options = LoadOptions.defaults().parameters(values).labels(named("--label", labels));
            if (name != null) {
                options = options.name(name);
            }
            if (variablesFile != null) {
                options = options.variables(ValueFiles.variables(variablesFile));
            }
            JavaJobs java = classPath == null ? null : ClassPathJobs.of(List.of(classPath.split(File.pathSeparator)));
            return java == null ? options : options.java(java);
        } catch (IllegalArgumentException e) {
            throw usage(String.valueOf(e.getMessage()));
        }
    }

    /** Values by their names; of several for one name, the last. */
    private Map<String, String> named(String option, List<String> pairs) {
        Map<String, String> named = new LinkedHashMap<>();
        for (String pair : pairs) {
            int end = pair.indexOf('=');
            if (end <= 0) {
                throw usage("The option " + option + " takes NAME=VALUE, but here is \"" + pair + "\". Write it as "
                        + option + " " + (end < 0 && !pair.isEmpty() ? pair : "NAME") + "=VALUE.");
            }
            named.put(pair.substring(0, end), pair.substring(end + 1));
        }
        return named;
    }

    private ParameterException usage(String message) {
        if (spec == null) {
            throw new IllegalStateException("not a part of a command");
        }
        return new ParameterException(spec.commandLine(), message);
    }
}
