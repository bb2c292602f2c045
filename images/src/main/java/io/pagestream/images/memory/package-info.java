/** The interface of an opened image: its extents, its pages, and its facts. */
@NullMarked
package io.pagestream.images.memory;

import org.jspecify.annotations.NullMarked;
