/** The physical address space of one image as ranges. */
@NullMarked
package io.pagestream.mapper.range;

import org.jspecify.annotations.NullMarked;
