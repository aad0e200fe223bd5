/** Background jobs of a web application: {@link io.orrery.servlet.ApplicationScope}, then {@link io.orrery.servlet.AtomicFilter}. */
@NullMarked
package io.orrery.servlet;

import org.jspecify.annotations.NullMarked;
