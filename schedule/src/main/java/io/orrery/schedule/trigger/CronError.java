package io.orrery.schedule.trigger;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

/** Words for what is wrong with a cron expression. */
final class CronError {

    private CronError() {}

    /** The rule, what breaks it, where, and what to do. */
    static InvalidTriggerException at(int position, String field, String rule, String value, String remedy) {
        return InvalidTriggerException.at(
                position,
                "Cron field " + field + ", position " + position + ": " + rule + ", but is " + value + ". " + remedy
                        + ".");
    }

    /** An expression as a whole. */
    static InvalidTriggerException whole(int position, String rule, String value, String remedy) {
        return InvalidTriggerException.at(
                position,
                "Cron expression, position " + position + ": " + rule + ", but is " + value + ". " + remedy + ".");
    }

    /** What was probably meant, or else what there is. */
    static String suggestion(String word, Collection<String> words) {
        String lower = word.toLowerCase(Locale.ROOT);
        return words.stream()
                .min(Comparator.comparingInt(known -> distance(lower, known)))
                .filter(known -> distance(lower, known) <= 2)
                .map(known -> "Did you mean " + known + "?")
                .orElse("Use one of " + String.join(", ", words))
                .replaceAll("\\?$", "? If not, use one of " + String.join(", ", words));
    }

    /** How many letters have to be changed, added or dropped. */
    private static int distance(String one, String other) {
        int[] row = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int above = row[j];
                int changed = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(changed, 1 + Math.min(above, row[j - 1]));
                diagonal = above;
            }
        }
        return row[other.length()];
    }
}
