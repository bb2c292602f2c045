/** The physical address space of one image as ranges, and who lies where. */
@NullMarked
package io.pagestream.mapper.range;

import org.jspecify.annotations.NullMarked;
