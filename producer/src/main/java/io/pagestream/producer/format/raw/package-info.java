/** Raw memory: address = file offset, or as a side file says. */
@NullMarked
package io.pagestream.producer.format.raw;

import org.jspecify.annotations.NullMarked;
