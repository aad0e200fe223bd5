/** What holds whichever of two threads is first, tried very often. Run by {@code config/stress}. */
package io.orrery.stress;
