/**
 * Collects the output of the stages for the images of a case. A case is complete when all receipts
 * have arrived, and as many distinct findings as the receipts count.
 */
@NullMarked
package io.pagestream.cases.collect;

import org.jspecify.annotations.NullMarked;
