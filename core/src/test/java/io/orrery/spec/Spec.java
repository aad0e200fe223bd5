package io.orrery.spec;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names the items of the specification that a test shows to hold, such as {@code @Spec({"A-057", "GB-04"})}. On a class
 * it holds for each of its tests. {@link SpecCoverage} writes down what was shown.
 */
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface Spec {
    /** The numbers of the items. */
    String[] value();
}
