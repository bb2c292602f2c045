/** Structures of Windows in memory: prefetch files, shell links, and structures of the kernel. */
@NullMarked
package io.pagestream.analyzers.windows;

import org.jspecify.annotations.NullMarked;
