/**
 * What an opened image is to all who read it: its extents, its pages, and what it says of itself.
 */
@NullMarked
package io.pagestream.images.memory;

import org.jspecify.annotations.NullMarked;
