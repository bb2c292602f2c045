/** Bounded reading of an image's physical and virtual memory. */
@NullMarked
package io.pagestream.kernel.memory;

import org.jspecify.annotations.NullMarked;
