/**
 * Where files in memory end. The analyzer of files validates headers; {@link
 * io.pagestream.analyzers.extent.FileExtents} follows the structure of a file from its first byte
 * to its last one, in contiguous memory of any length.
 */
@NullMarked
package io.pagestream.analyzers.extent;

import org.jspecify.annotations.NullMarked;
