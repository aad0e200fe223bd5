package io.orrery.workflowfile.process;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Replaces secrets by {@value #MASK}, in texts and in streams of bytes. Immutable; safe for use by any thread.
 *
 * <p>A secret is found as it is, as a part of JSON, of an address (percent-encoded), of HTML, and quoted for a shell; and each
 * line of a secret that has several lines. It is not found in what cannot be told from other text: base64, compressed,
 * hashed, reversed, or with something in between its letters.
 *
 * <p>Secrets are looked for with one automaton (Aho and Corasick): a table that says for each state and byte what the next
 * state is. A state stands for the longest beginning of a secret that the bytes so far end with, so it also says how many
 * bytes have to be held back until more is known.
 */
public final class Masker {

    /** What is shown in place of a secret. */
    public static final String MASK = "***";

    /** Finds nothing. */
    public static final Masker NONE = new Masker(Set.of());

    private static final byte[] MASK_BYTES = MASK.getBytes(StandardCharsets.US_ASCII);

    private final Automaton automaton;
    private final boolean isEmpty;

    private Masker(Set<String> secrets) {
        Set<String> forms = new LinkedHashSet<>();
        secrets.forEach(secret -> forms.addAll(SecretForms.of(secret)));
        this.automaton = new Automaton(forms);
        this.isEmpty = forms.isEmpty();
    }

    /** A masker of these secrets; empty ones do not count. */
    public static Masker of(Collection<String> secrets) {
        Set<String> real = new LinkedHashSet<>(secrets);
        real.removeIf(String::isEmpty);
        return real.isEmpty() ? NONE : new Masker(real);
    }

    /** Whether there is nothing to look for. */
    public boolean isEmpty() {
        return isEmpty;
    }

    /** A text without secrets. */
    public String mask(String text) {
        if (isEmpty) {
            return text;
        }
        var out = new ByteArrayOutputStream();
        Stream stream = stream((bytes, from, length) -> out.write(bytes, from, length));
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        stream.feed(bytes, bytes.length);
        stream.finish();
        return stream.hasMasked() ? out.toString(StandardCharsets.UTF_8) : text;
    }

    /** Values without secrets, like {@link #shownValue}; the same goes for their names. */
    public Map<String, Object> shown(Map<?, ?> values) {
        Map<String, Object> shown = new LinkedHashMap<>();
        values.forEach((name, value) -> shown.put(mask(String.valueOf(name)), shownValue(value)));
        return shown;
    }

    /** A value without secrets: a text, or a list or map of values; of anything else that tells one, {@value #MASK}. */
    @SuppressWarnings("NullAway") // nothing tells no secret, and is no value of its own
    public Object shownValue(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case String text -> mask(text);
            case List<?> list -> list.stream().map(this::shownValue).toList();
            case Map<?, ?> map -> shown(map);
            default -> {
                String text = String.valueOf(value);
                yield mask(text).equals(text) ? value : MASK;
            }
        };
    }

    /** A stream of bytes on its way to a taker. */
    Stream stream(Taker taker) {
        return new Stream(automaton, taker);
    }

    /** Takes bytes that hold no secret. */
    @FunctionalInterface
    interface Taker {
        /** Takes some; the array is used again. */
        void take(byte[] bytes, int from, int length);
    }

    /** Holds back what may be the beginning of a secret. For use by one thread at a time. */
    static final class Stream {
        private final Automaton automaton;
        private final Taker taker;
        private byte[] held = {};
        private boolean[] secret = {}; // which of the bytes that are held belong to a secret
        private boolean anySecret; // whether one of them does
        private int count;
        private boolean inSecret; // whether the last byte that was handed on belonged to one
        private boolean hasMasked;
        private int state;

        private Stream(Automaton automaton, Taker taker) {
            this.automaton = automaton;
            this.taker = taker;
        }

        boolean hasMasked() {
            return hasMasked;
        }

        void feed(byte[] bytes, int length) {
            if (count + length > held.length) {
                held = Arrays.copyOf(held, count + length);
                secret = Arrays.copyOf(secret, count + length);
            }
            System.arraycopy(bytes, 0, held, count, length);
            int at = count;
            count += length;
            while (at < count) {
                if (state == Automaton.NOTHING) {
                    at = automaton.skip(held, at, count);
                    if (at == count) {
                        break;
                    }
                }
                state = automaton.next(state, held[at++]);
                int found = automaton.longest(state);
                if (found > 0) {
                    Arrays.fill(secret, at - found, at, true);
                    anySecret = true;
                    hasMasked = true;
                }
            }
            release(count - automaton.depth(state));
        }

        /** Holds nothing back any more; what comes later is another text. */
        void finish() {
            release(count);
            state = Automaton.NOTHING;
            inSecret = false;
        }

        /** Hands on the first bytes, those of a secret as a mask. */
        private void release(int released) {
            if (anySecret) {
                releaseMasked(released);
            } else if (released > 0) {
                taker.take(held, 0, released);
                inSecret = false;
            }
            System.arraycopy(held, released, held, 0, count - released);
            count -= released;
        }

        private void releaseMasked(int released) {
            int from = 0;
            while (from < released) {
                int to = from + 1;
                while (to < released && secret[to] == secret[from]) {
                    to++;
                }
                if (!secret[from]) {
                    taker.take(held, from, to - from);
                } else if (!inSecret) {
                    taker.take(MASK_BYTES, 0, MASK_BYTES.length);
                }
                inSecret = secret[from];
                from = to;
            }
            System.arraycopy(secret, released, secret, 0, count - released);
            Arrays.fill(secret, count - released, count, false);
            anySecret = false;
            for (int i = 0; i < count - released; i++) {
                anySecret |= secret[i];
            }
        }
    }
}
