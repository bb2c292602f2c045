/** Mach-O files with physical memory, as MacMemoryReader writes them. */
@NullMarked
package io.pagestream.images.format.macho;

import org.jspecify.annotations.NullMarked;
