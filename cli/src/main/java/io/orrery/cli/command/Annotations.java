package io.orrery.cli.command;

import io.orrery.workflowfile.Problem;
import io.orrery.workflowfile.Severity;
import java.util.Map;

/** Problems as the lines that a continuous integration turns into notes beside the source. */
final class Annotations {

    private Annotations() {}

    /** Whether the environment says that somebody reads them. */
    static boolean areWanted(Map<String, String> env) {
        return "true".equals(env.get("GITHUB_ACTIONS"));
    }

    static String of(Problem problem) {
        String kind = problem.severity() == Severity.ERROR ? "error" : "warning";
        return "::%s file=%s,line=%d,col=%d,title=%s::%s"
                .formatted(
                        kind,
                        property(problem.place().file()),
                        problem.line(),
                        problem.column(),
                        problem.code().id(),
                        data(problem.message()));
    }

    private static String data(String text) {
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
    }

    private static String property(String text) {
        return data(text).replace(":", "%3A").replace(",", "%2C");
    }
}
