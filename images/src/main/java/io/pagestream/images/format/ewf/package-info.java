/** Expert Witness Compression Format (EnCase E01, SMART s01) with an image of memory in it. */
@NullMarked
package io.pagestream.images.format.ewf;

import org.jspecify.annotations.NullMarked;
