/**
 * Sorts any number of findings: chunks are sorted in memory, spilled to temporary files and merged.
 * A finding that was delivered twice is returned once.
 */
@NullMarked
package io.pagestream.cases.sort;

import org.jspecify.annotations.NullMarked;
