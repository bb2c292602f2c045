/**
 * What a kernel recorded about its own memory, as another source of the range map, the memory types
 * and the page-table roots. The reader itself is another module's.
 */
@NullMarked
package io.pagestream.images.kernelrecord;

import org.jspecify.annotations.NullMarked;
