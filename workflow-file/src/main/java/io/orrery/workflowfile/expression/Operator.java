package io.orrery.workflowfile.expression;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What can stand between two expressions. */
public enum Operator {
    /** Either. */
    OR("||", 1),
    /** Both. */
    AND("&&", 2),
    /** The same. */
    EQUAL("==", 3),
    /** Not the same. */
    UNEQUAL("!=", 3),
    /** At most. */
    AT_MOST("<=", 4),
    /** At least. */
    AT_LEAST(">=", 4),
    /** Less. */
    LESS("<", 4),
    /** More. */
    MORE(">", 4);

    static final int LOOSEST = 1;

    private final String sign;
    private final int tightness;

    Operator(String sign, int tightness) {
        this.sign = sign;
        this.tightness = tightness;
    }

    /** How it is written. */
    public String sign() {
        return sign;
    }

    int tightness() {
        return tightness;
    }

    /** The operator with which a text begins at some place; null if it is none. */
    static @Nullable Operator at(String text, int from) {
        for (Operator operator : List.of(values())) { // longer ones come before those that they begin with
            if (text.startsWith(operator.sign, from)) {
                return operator;
            }
        }
        return null;
    }

    boolean isLogical() {
        return this == OR || this == AND;
    }

    boolean isOrder() {
        return tightness == 4;
    }

    /** Whether a comparison with this result is what it asks for. */
    boolean holds(int comparison) {
        return switch (this) {
            case EQUAL -> comparison == 0;
            case UNEQUAL -> comparison != 0;
            case LESS -> comparison < 0;
            case MORE -> comparison > 0;
            case AT_MOST -> comparison <= 0;
            case AT_LEAST -> comparison >= 0;
            case OR, AND -> throw new IllegalStateException("not a comparison");
        };
    }
}
