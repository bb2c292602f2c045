/** An opened image as its readers see it: its extents, its pages, and its facts. */
@NullMarked
package io.pagestream.images.memory;

import org.jspecify.annotations.NullMarked;
