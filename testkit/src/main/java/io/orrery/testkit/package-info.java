/** What tests of jobs and workflows need: see {@link io.orrery.testkit.OrreryExtension} first. */
@NullMarked
package io.orrery.testkit;

import org.jspecify.annotations.NullMarked;
