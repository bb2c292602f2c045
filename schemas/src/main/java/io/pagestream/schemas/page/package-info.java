/** Pages, bitmaps of pages, runs and blocks: the arithmetic that all stages share. */
@NullMarked
package io.pagestream.schemas.page;

import org.jspecify.annotations.NullMarked;
