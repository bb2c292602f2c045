/**
 * How a Kafka cluster is reached: the servers, and what a client needs to be let in.
 *
 * <pre>
 *  client.properties ─► ClientProperties ─┐
 *  PAGESTREAM_KAFKA_… ────────────────────┴─► KafkaConnection ─► every Kafka client
 * </pre>
 */
@NullMarked
package io.pagestream.schemas.connection;

import org.jspecify.annotations.NullMarked;
