package io.orrery.cli.command;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Takes options that are not given from the environment: {@code --window} from {@code ORRERY_WINDOW}. */
record VariableDefaults(Map<String, String> env) implements IDefaultValueProvider {

    /** Means something else to jobs. */
    private static final String OUTPUT = "ORRERY_OUTPUT";

    @Override
    public @Nullable String defaultValue(ArgSpec argument) {
        if (!(argument instanceof OptionSpec option) || option.usageHelp() || option.versionHelp()) {
            return null;
        }
        String longest = option.longestName();
        if (!longest.startsWith("--")) {
            return null;
        }
        String variable =
                "ORRERY_" + longest.substring(2).toUpperCase(Locale.ROOT).replace('-', '_');
        String value = variable.equals(OUTPUT) ? null : env.get(variable);
        return value == null || value.isEmpty() ? null : value;
    }
}
