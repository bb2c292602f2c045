/** ELF core files of physical memory, 32 and 64 bit. */
@NullMarked
package io.pagestream.images.format.elf;

import org.jspecify.annotations.NullMarked;
