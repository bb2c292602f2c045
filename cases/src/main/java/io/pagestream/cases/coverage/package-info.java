/**
 * Which pages of an image no analyzer saw, and what the mapper did to suspiciously many of them.
 */
@NullMarked
package io.pagestream.cases.coverage;

import org.jspecify.annotations.NullMarked;
