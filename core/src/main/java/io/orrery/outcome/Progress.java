package io.orrery.outcome;

/**
 * How far a job says it is.
 *
 * @param done the part that is done, from 0 to 1
 * @param text what it is at; may be empty
 */
public record Progress(double done, String text) {

    /**
     * Progress as a job tells it: what is below 0 or above 1 by rounding, or by zeal, counts as 0 or 1.
     *
     * @throws IllegalArgumentException if {@code done} is not a number
     */
    public static Progress of(double done, String text) {
        return new Progress(Double.isNaN(done) ? done : Math.clamp(done, 0, 1), text);
    }

    /**
     * Checks the part.
     *
     * @throws IllegalArgumentException if {@code done} is not between 0 and 1
     */
    public Progress {
        if (!(done >= 0 && done <= 1)) {
            throw new IllegalArgumentException("Progress must be between 0 and 1, but is " + done
                    + ". Divide what is done by all there is to do.");
        }
    }
}
