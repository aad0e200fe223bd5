/** What is going on in a run, shown while it goes on: on a screen, line by line, or as JSON. */
@NullMarked
package io.orrery.cli.progress;

import org.jspecify.annotations.NullMarked;
