/** What a misspelt word may have been meant to be. */
@NullMarked
package io.orrery.workflowfile.spelling;

import org.jspecify.annotations.NullMarked;
