/** AVML's compressed format: blocks of memory, each a snappy stream. */
@NullMarked
package io.pagestream.images.format.avml;

import org.jspecify.annotations.NullMarked;
