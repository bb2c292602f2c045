/** Tests of the decoders. */
@NullMarked
package io.pagestream.analyzers.decoders;

import org.jspecify.annotations.NullMarked;
