/** Writes plans for reading a machine's physical memory. */
@NullMarked
package io.pagestream.plan;

import org.jspecify.annotations.NullMarked;
