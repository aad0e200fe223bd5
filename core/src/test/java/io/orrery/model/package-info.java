/**
 * What a run of a workflow should do, told a second time and in the simplest way: a generator of random cases, and a
 * sequential simulation that predicts what becomes of each. Knows nothing of the engine.
 */
package io.orrery.model;
