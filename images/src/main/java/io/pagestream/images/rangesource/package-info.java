/**
 * What side files say of physical addresses: a parser for each format, all giving {@link
 * io.pagestream.images.rangesource.Claim}s or memory types. Nothing here knows the image; {@code
 * producer.rangemap} holds the claims against it. The formats: docs/range-map.md.
 */
@NullMarked
package io.pagestream.images.rangesource;

import org.jspecify.annotations.NullMarked;
