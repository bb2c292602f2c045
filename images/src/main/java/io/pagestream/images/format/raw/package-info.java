/** Raw memory: address = file offset, or as a side file says. */
@NullMarked
package io.pagestream.images.format.raw;

import org.jspecify.annotations.NullMarked;
