/** Pages, bitmaps of pages, runs and blocks: arithmetic shared by all stages. */
@NullMarked
package io.pagestream.schemas.page;

import org.jspecify.annotations.NullMarked;
