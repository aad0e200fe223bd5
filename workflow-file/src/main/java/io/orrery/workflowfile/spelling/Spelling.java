package io.orrery.workflowfile.spelling;

import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Words as they may have been meant. */
public final class Spelling {

    private Spelling() {}

    /** The candidate that is most like a word; null if none is much like it. */
    public static @Nullable String nearest(String word, Collection<String> candidates) {
        String wanted = word.toLowerCase(Locale.ROOT);
        int best = Math.max(1, Math.min(wanted.length(), 12) / 3) + 1;
        String nearest = null;
        for (String candidate : candidates) {
            if (wanted.length() > 1
                    && Math.abs(candidate.length() - wanted.length()) < best
                    && wanted.length() <= 100) {
                int distance = distance(wanted, candidate.toLowerCase(Locale.ROOT));
                if (distance < best) {
                    best = distance;
                    nearest = candidate;
                }
            }
        }
        return nearest;
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
}
