/** Validation, and the immutable graph that is run. */
@NullMarked
package io.orrery.plan;

import org.jspecify.annotations.NullMarked;
