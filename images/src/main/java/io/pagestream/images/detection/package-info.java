/**
 * Definitions of suspicious mappings in page tables (docs/mapping-detections.md), as pure functions
 * of a leaf, of the page that it maps, and of its cache type.
 */
@NullMarked
package io.pagestream.images.detection;

import org.jspecify.annotations.NullMarked;
