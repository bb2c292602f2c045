/** AFF4: memory acquired by WinPmem and others, in a zip archive. */
@NullMarked
package io.pagestream.images.format.aff4;

import org.jspecify.annotations.NullMarked;
