/**
 * The map of an image's physical address space: the extents of the image and the claims of its
 * sidecars, combined in order of trust, with their contradictions (docs/range-map.md).
 */
@NullMarked
package io.pagestream.images.rangemap;

import org.jspecify.annotations.NullMarked;
