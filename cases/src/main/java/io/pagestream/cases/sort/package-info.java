/**
 * Findings in order, however many: chunks are sorted in memory, spilled to temporary files and
 * merged; the same finding delivered twice comes out once.
 */
@NullMarked
package io.pagestream.cases.sort;

import org.jspecify.annotations.NullMarked;
