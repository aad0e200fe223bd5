package io.orrery.cli.output;

import java.util.Arrays;

/** The number of a line, the first one being 1, as text that counts itself. For one thread at a time. */
final class LineNumber {

    static final int MOST_DIGITS = 19;

    private final byte[] digits = new byte[MOST_DIGITS];
    private int first = MOST_DIGITS;
    private boolean goesOn; // whether the line is not at its end

    LineNumber() {
        Arrays.fill(digits, (byte) '0');
    }

    /**
     * Begins a line, or the next part of one.
     *
     * @param ended whether that is the end of the line
     */
    void begin(boolean ended) {
        if (!goesOn) {
            increment();
        }
        goesOn = !ended;
    }

    private void increment() {
        int digit = MOST_DIGITS - 1;
        while (digits[digit] == '9') {
            digits[digit--] = '0';
        }
        digits[digit]++;
        first = Math.min(first, digit);
    }

    /** Puts its digits somewhere, and says where they end. */
    int put(byte[] target, int at) {
        int length = MOST_DIGITS - first;
        System.arraycopy(digits, first, target, at, length);
        return at + length;
    }
}
