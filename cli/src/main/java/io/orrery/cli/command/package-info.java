/** The commands: what they are called, what they take, and the exit codes by which they end. */
@NullMarked
package io.orrery.cli.command;

import org.jspecify.annotations.NullMarked;
