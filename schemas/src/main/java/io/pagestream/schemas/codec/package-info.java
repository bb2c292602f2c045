/** Avro records as bytes: single-object encoding, reusable buffers, Kafka serdes. */
@NullMarked
package io.pagestream.schemas.codec;

import org.jspecify.annotations.NullMarked;
