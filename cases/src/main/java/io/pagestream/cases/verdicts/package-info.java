/**
 * The decisions for the pages of an image, as spans of pages with equal facts: converts the records
 * of the topic {@code verdicts}, which arrive in any order, to spans by address that do not depend
 * on the run size, the partitions or repetitions. Uses constant memory for any image size.
 */
@NullMarked
package io.pagestream.cases.verdicts;

import org.jspecify.annotations.NullMarked;
