/** What runs and scopes share: how a job gets its thread, what is put around it, what an interrupt comes back as. */
@NullMarked
package io.orrery.thread;

import org.jspecify.annotations.NullMarked;
