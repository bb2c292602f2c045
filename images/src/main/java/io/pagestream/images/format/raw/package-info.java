/** Raw memory: address = file offset, or as defined by a sidecar. */
@NullMarked
package io.pagestream.images.format.raw;

import org.jspecify.annotations.NullMarked;
