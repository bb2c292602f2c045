/** Terminal output while a job runs. Formatting is pure; the shell around it is thin. */
@NullMarked
package io.pagestream.cases.terminal;

import org.jspecify.annotations.NullMarked;
