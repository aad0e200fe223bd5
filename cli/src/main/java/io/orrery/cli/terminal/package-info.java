/** What is on the other side of the standard streams: pipes, files, terminals of some size, and signals. */
@NullMarked
package io.orrery.cli.terminal;

import org.jspecify.annotations.NullMarked;
