/** Background jobs that end well: scopes that bound how many run at once, and that leave nothing behind when they close. */
@NullMarked
package io.orrery.scope;

import org.jspecify.annotations.NullMarked;
