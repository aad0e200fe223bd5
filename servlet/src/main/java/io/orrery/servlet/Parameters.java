package io.orrery.servlet;

import io.orrery.job.Threads;
import io.orrery.scope.JobScope;
import io.orrery.scope.ScopeOptions;
import io.orrery.time.Durations;
import jakarta.servlet.ServletContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;

/** Reads the options of a scope from the parameters of a context, and tells everything that is wrong with them at once. */
final class Parameters {

    private static final String PREFIX = "orrery.scope.";
    private static final String NONE = "none";

    private static final Map<String, BiFunction<ScopeOptions, String, ScopeOptions>> KNOWN = known();

    private Parameters() {}

    private static Map<String, BiFunction<ScopeOptions, String, ScopeOptions>> known() {
        Map<String, BiFunction<ScopeOptions, String, ScopeOptions>> known = new LinkedHashMap<>();
        known.put("name", (options, name) -> options); // it is what they begin with
        known.put("limit", (options, text) -> isNone(text) ? options.withoutLimit() : options.limit(number(text)));
        known.put(
                "pending-limit",
                (options, text) -> isNone(text) ? options.withoutPendingLimit() : options.pendingLimit(number(text)));
        known.put(
                "wait-timeout",
                (options, text) ->
                        isNone(text) ? options.withoutWaitTimeout() : options.waitTimeout(Durations.parse(text)));
        known.put(
                "close-timeout",
                (options, text) ->
                        isNone(text) ? options.withoutCloseTimeout() : options.closeTimeout(Durations.parse(text)));
        known.put("threads", (options, text) -> options.threads(threads(text)));
        return known;
    }

    static ScopeOptions of(ServletContext context) {
        List<String> problems = new ArrayList<>();
        ScopeOptions options = JobScope.named(name(context));
        for (String parameter : Collections.list(context.getInitParameterNames())) {
            if (parameter.startsWith(PREFIX)) {
                options = with(options, parameter, context.getInitParameter(parameter), problems);
            }
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", problems));
        }
        return options;
    }

    private static String name(ServletContext context) {
        String name = context.getInitParameter(PREFIX + "name");
        String path = context.getContextPath();
        return name != null ? name : path.isEmpty() ? "application" : path.substring(1);
    }

    private static ScopeOptions with(ScopeOptions options, String parameter, String text, List<String> problems) {
        var change = KNOWN.get(parameter.substring(PREFIX.length()));
        if (change == null) {
            problems.add("Context parameters that begin with \"" + PREFIX + "\" set options of a scope, but \""
                    + parameter + "\" is none. There are " + PREFIX + String.join(", " + PREFIX, KNOWN.keySet()) + ".");
            return options;
        }
        try {
            return change.apply(options, text.strip());
        } catch (IllegalArgumentException e) {
            problems.add("Context parameter \"" + parameter + "\": " + e.getMessage());
            return options;
        }
    }

    private static boolean isNone(String text) {
        return text.equals(NONE);
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "A limit is a whole number of at least 1, but this is \"" + text + "\". Write none for no limit.",
                    e);
        }
    }

    private static Threads threads(String text) {
        return Arrays.stream(Threads.values())
                .filter(one -> word(one).equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "Threads are fresh or reused, but this is \"" + text + "\". Write one of the two."));
    }

    private static String word(Threads threads) {
        return threads.name().toLowerCase(Locale.ROOT);
    }
}
