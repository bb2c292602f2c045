/** Doubts of a case: one list, one rule for the exit code, one rendering. */
@NullMarked
package io.pagestream.cases.doubt;

import org.jspecify.annotations.NullMarked;
