/**
 * The map of an image's physical address space: what the image holds and what its side files claim,
 * put together in order of trust, with what contradicts (docs/range-map.md).
 */
@NullMarked
package io.pagestream.images.rangemap;

import org.jspecify.annotations.NullMarked;
