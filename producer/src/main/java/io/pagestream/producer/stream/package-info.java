/**
 * Streams images to Kafka: one opening and one end on every partition, with limited bytes in
 * flight.
 */
@NullMarked
package io.pagestream.producer.stream;

import org.jspecify.annotations.NullMarked;
