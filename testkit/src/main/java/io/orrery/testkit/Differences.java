package io.orrery.testkit;

import java.util.List;
import org.opentest4j.AssertionFailedError;

/** Failed comparisons of lines, told so that both people and development environments can show them. */
final class Differences {

    private Differences() {}

    static void check(String what, List<String> expected, List<String> actual) {
        if (!expected.equals(actual)) {
            throw between(what + " differ from line " + (1 + commonPrefix(expected, actual)) + " on", expected, actual);
        }
    }

    static AssertionFailedError between(String problem, List<String> expected, List<String> actual) {
        String wanted = String.join("\n", expected);
        String found = String.join("\n", actual);
        return new AssertionFailedError(
                problem + ".\n\nExpected:\n" + wanted.indent(4) + "\nbut was:\n" + found.indent(4), wanted, found);
    }

    private static int commonPrefix(List<String> expected, List<String> actual) {
        int line = 0;
        while (line < expected.size()
                && line < actual.size()
                && expected.get(line).equals(actual.get(line))) {
            line++;
        }
        return line;
    }
}
