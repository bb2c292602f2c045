/**
 * Decodes what memory contains in encoded or compressed form, so that all analyzers search the
 * content too: {@code docs/decoders.md} lists the codecs.
 */
@NullMarked
package io.pagestream.analyzers.decoders;

import org.jspecify.annotations.NullMarked;
