/** Compressed crash dumps of DumpIt. */
@NullMarked
package io.pagestream.images.format.zdmp;

import org.jspecify.annotations.NullMarked;
