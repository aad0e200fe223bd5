/** Schedules in a SQL database. */
@NullMarked
package io.orrery.store.jdbc;

import org.jspecify.annotations.NullMarked;
