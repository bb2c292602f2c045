/**
 * What was decided for each page of an image, as spans of pages with equal facts: from the records
 * of the topic {@code verdicts}, which come in any order, to spans by address that do not depend on
 * the run size, the partitions or repetitions. Constant memory, whatever the image's size.
 */
@NullMarked
package io.pagestream.cases.verdicts;

import org.jspecify.annotations.NullMarked;
