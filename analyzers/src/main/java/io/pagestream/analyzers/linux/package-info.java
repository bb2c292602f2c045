/** Records of Linux: of the kernel, of ELF programs, and of the logs of a system and its users. */
@NullMarked
package io.pagestream.analyzers.linux;

import org.jspecify.annotations.NullMarked;
