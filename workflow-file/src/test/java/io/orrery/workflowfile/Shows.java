package io.orrery.workflowfile;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names the fields of the format whose effect a test shows: {@code @Shows("job: run exec")} for those of a kind of mapping.
 * {@link FieldsShownTest} finds the fields that no test shows.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface Shows {
    /** A kind of mapping and its fields each. */
    String[] value();
}
