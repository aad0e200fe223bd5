/** A plan or a run as text that other tools and people read. */
@NullMarked
package io.orrery.report;

import org.jspecify.annotations.NullMarked;
