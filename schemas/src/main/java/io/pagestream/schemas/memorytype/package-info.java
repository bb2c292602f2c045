/** How x86 processors encode memory types. */
@NullMarked
package io.pagestream.schemas.memorytype;

import org.jspecify.annotations.NullMarked;
