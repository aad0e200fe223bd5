package io.orrery.workflowfile.process;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collection;

/** Finds texts in bytes, all of them at once. Immutable. */
final class Automaton {

    /** The state that stands for no byte. */
    static final int NOTHING = 0;

    private static final int BYTES = 256;

    private final int[] next; // by state and byte
    private final int[] depth; // how many bytes a state stands for
    private final int[] longest; // the longest text that ends in a state; 0 for none

    Automaton(Collection<String> texts) {
        byte[][] words = texts.stream()
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toArray(byte[][]::new);
        int most = 1 + Arrays.stream(words).mapToInt(word -> word.length).sum();
        next = new int[most * BYTES];
        depth = new int[most];
        longest = new int[most];
        int states = 1;
        for (byte[] word : words) {
            int state = 0;
            for (byte b : word) {
                int edge = state * BYTES + (b & 0xFF);
                if (next[edge] == 0) {
                    next[edge] = states;
                    depth[states] = depth[state] + 1;
                    states++;
                }
                state = next[edge];
            }
            longest[state] = word.length;
        }
        link(states);
    }

    /** Where a byte leads nowhere, it leads to where it would from the longest end of the state that is a beginning itself. */
    private void link(int states) {
        int[] shorter = new int[states];
        var open = new ArrayDeque<Integer>();
        for (int b = 0; b < BYTES; b++) {
            if (next[b] != 0) {
                open.add(next[b]);
            }
        }
        while (!open.isEmpty()) {
            int state = open.remove();
            longest[state] = Math.max(longest[state], longest[shorter[state]]);
            for (int b = 0; b < BYTES; b++) {
                int to = next[state * BYTES + b];
                int otherwise = next[shorter[state] * BYTES + b];
                if (to == 0) {
                    next[state * BYTES + b] = otherwise;
                } else {
                    shorter[to] = otherwise;
                    open.add(to);
                }
            }
        }
    }

    int next(int state, byte b) {
        return next[state * BYTES + (b & 0xFF)];
    }

    /** The index of the first byte, at most the last index, that leads from {@link #NOTHING} to another state. */
    int skip(byte[] bytes, int first, int last) {
        int at = first;
        while (at < last && next[bytes[at] & 0xFF] == NOTHING) {
            at++;
        }
        return at;
    }

    int depth(int state) {
        return depth[state];
    }

    int longest(int state) {
        return longest[state];
    }
}
