/**
 * What the image's own page tables say: the roots are found, the tables walked, and every leaf's
 * PWT, PCD and PAT turned into the cache types with which each physical page is mapped.
 */
@NullMarked
package io.pagestream.images.pagetable;

import org.jspecify.annotations.NullMarked;
