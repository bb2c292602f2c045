/**
 * Reads the image's own page tables: finds the page-table roots, walks the tables, and converts
 * PWT, PCD and PAT of every leaf to the cache types with which each physical page is mapped.
 */
@NullMarked
package io.pagestream.images.pagetable;

import org.jspecify.annotations.NullMarked;
