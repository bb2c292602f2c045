/**
 * The image's own page tables: the roots are found, the tables walked, and PWT, PCD and PAT of
 * every leaf converted into the cache types with which each physical page is mapped.
 */
@NullMarked
package io.pagestream.images.pagetable;

import org.jspecify.annotations.NullMarked;
