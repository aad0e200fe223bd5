package io.orrery.model;

import io.orrery.model.Case.Need;
import java.util.Optional;

/** How a job ends, in the words of a trail. Values and exceptions are told by their names, empty for none. */
public sealed interface Outcome {

    record Succeeded(String value) implements Outcome {}

    record Failed(String cause) implements Outcome {}

    record TimedOut(int timeout, String late) implements Outcome {}

    record Cancelled(String because, String lastFailure, String late) implements Outcome {}

    record Skipped(String because) implements Outcome {}

    record NotRun(String because) implements Outcome {}

    default boolean isFailure() {
        return this instanceof Failed || this instanceof TimedOut;
    }

    default boolean fulfils(Need need) {
        return switch (need.ending()) {
            case FINISHED -> true;
            case SUCCEEDED -> this instanceof Succeeded;
            case FAILED -> isFailure();
        };
    }

    /** The name of the exception, if there was one. */
    default Optional<String> failure() {
        return this instanceof Failed failed ? Optional.of(failed.cause()) : Optional.empty();
    }

    default String verb() {
        return switch (this) {
            case Succeeded succeeded -> "succeeded";
            case Failed failed -> "failed";
            case TimedOut timedOut -> "timed out";
            case Cancelled cancelled -> "was cancelled";
            case Skipped skipped -> "was skipped";
            case NotRun notRun -> "was not run";
        };
    }
}
