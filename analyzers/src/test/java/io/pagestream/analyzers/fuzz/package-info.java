/** Jazzer's targets, whose corpus the ordinary build runs as a regression test. */
@NullMarked
package io.pagestream.analyzers.fuzz;

import org.jspecify.annotations.NullMarked;
