/** The face of the library: declare workflows, edit them, ask about them, run them. */
@NullMarked
package io.orrery.workflow;

import org.jspecify.annotations.NullMarked;
