/** The contract between memory image formats and the rest, and what several formats share. */
@NullMarked
package io.pagestream.producer.format;

import org.jspecify.annotations.NullMarked;
