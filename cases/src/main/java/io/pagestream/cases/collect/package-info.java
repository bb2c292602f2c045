/**
 * Collects what the stages write about the images of a case, and knows when it is complete: all
 * receipts are there, and as many distinct findings as the receipts tell.
 */
@NullMarked
package io.pagestream.cases.collect;

import org.jspecify.annotations.NullMarked;
