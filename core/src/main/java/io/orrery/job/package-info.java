/** The nouns: jobs and their bodies, what a body may know and do, conditions, retries, limits, and how a job can end. */
@NullMarked
package io.orrery.job;

import org.jspecify.annotations.NullMarked;
