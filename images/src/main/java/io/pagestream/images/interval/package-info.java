/** Arithmetic of intervals, the same for offsets in files and for physical addresses. */
@NullMarked
package io.pagestream.images.interval;

import org.jspecify.annotations.NullMarked;
