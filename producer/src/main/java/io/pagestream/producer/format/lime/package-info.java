/** LiME version 1: ranges of physical memory, each behind a small header. */
@NullMarked
package io.pagestream.producer.format.lime;

import org.jspecify.annotations.NullMarked;
