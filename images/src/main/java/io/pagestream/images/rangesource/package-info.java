/**
 * Information about physical addresses in sidecars: a parser for each format, which returns {@link
 * io.pagestream.images.rangesource.Claim}s or memory types. Independent of the image; {@code
 * images.rangemap} combines the claims with it. The formats: docs/range-map.md.
 */
@NullMarked
package io.pagestream.images.rangesource;

import org.jspecify.annotations.NullMarked;
