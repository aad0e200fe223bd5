/** What jobs print: where it is kept, what is looked for in it. */
@NullMarked
package io.orrery.cli.output;

import org.jspecify.annotations.NullMarked;
