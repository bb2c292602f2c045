/** LiME version 1: ranges of physical memory, each after a small header. */
@NullMarked
package io.pagestream.images.format.lime;

import org.jspecify.annotations.NullMarked;
