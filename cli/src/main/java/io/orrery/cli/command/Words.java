package io.orrery.cli.command;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.TypeConversionException;

/** Words on the command line of which there are only a few. */
final class Words {

    private Words() {}

    /** The candidate that differs from a word by at most two letters or swaps of neighbours; empty if there is none. */
    static Optional<String> nearest(String word, Collection<String> candidates) {
        int most = Math.min(2, word.length() - 1);
        return candidates.stream()
                .filter(candidate -> distance(word, candidate) <= most)
                .min(Comparator.comparingInt(candidate -> distance(word, candidate)));
    }

    /** How many letters have to be inserted, dropped, changed, or swapped with their neighbour. */
    private static int distance(String a, String b) {
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    d[i][j] = i + j;
                    continue;
                }
                int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                d[i][j] = Math.min(Math.min(d[i - 1][j], d[i][j - 1]) + 1, d[i - 1][j - 1] + change);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
                }
            }
        }
        return d[a.length()][b.length()];
    }

    /**
     * The constant that a word names, in whatever case.
     *
     * @throws TypeConversionException if it names none: the message lists them as they are written
     */
    static <E extends Enum<E>> E constant(Class<E> type, String word) {
        List<E> all = Arrays.asList(type.getEnumConstants());
        return all.stream()
                .filter(constant -> constant.name().equalsIgnoreCase(word))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException("it is one of "
                        + String.join(
                                ", ",
                                all.stream()
                                        .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                                        .toList())
                        + ", but here is \"" + word + "\". Choose one of them."));
    }
}
