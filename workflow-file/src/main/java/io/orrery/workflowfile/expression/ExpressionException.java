package io.orrery.workflowfile.expression;

/** An expression that can't be read, has the wrong types, or can't be evaluated. */
public final class ExpressionException extends Exception {

    private static final long serialVersionUID = 1;

    /** What is wrong. */
    public enum Kind {
        /** It can't be read. */
        MALFORMED,
        /** A part of it has a type that does not fit. */
        WRONG_TYPE,
        /** A value that it needs is not there. */
        NO_VALUE
    }

    private final Kind kind;

    ExpressionException(Kind kind, String message) {
        super(message, null, /* enableSuppression= */ false, /* writableStackTrace= */ false);
        this.kind = kind;
    }

    /** A value that is not there: the message says which, and why. */
    public static ExpressionException noValue(String message) {
        return new ExpressionException(Kind.NO_VALUE, message);
    }

    static ExpressionException malformed(String message) {
        return new ExpressionException(Kind.MALFORMED, message);
    }

    static ExpressionException wrongType(String message) {
        return new ExpressionException(Kind.WRONG_TYPE, message);
    }

    /** What is wrong. */
    public Kind kind() {
        return kind;
    }

    /** The message. */
    public String text() {
        return String.valueOf(getMessage());
    }
}
