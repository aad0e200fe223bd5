package io.orrery.workflowfile.body;

import io.orrery.workflowfile.process.Masker;
import java.util.Map;

/** The secrets of a run by their names. Immutable; its text tells nothing. */
public final class Secrets {

    /** No secrets. */
    public static final Secrets NONE = new Secrets(Map.of(), Masker.NONE);

    private final Map<String, String> values;
    private final Masker masker;

    /** Secrets by their names, and what takes them, and perhaps more, out of what is shown. */
    public Secrets(Map<String, String> values, Masker masker) {
        this.values = Map.copyOf(values);
        this.masker = masker;
    }

    Map<String, String> values() {
        return values;
    }

    /** Takes them out of what is shown. */
    public Masker masker() {
        return masker;
    }

    @Override
    public String toString() {
        return values.size() + " secrets";
    }
}
