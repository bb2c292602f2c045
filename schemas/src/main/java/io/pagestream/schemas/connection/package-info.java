/**
 * The connection to a Kafka cluster: its servers, and the properties for authentication.
 *
 * <pre>
 *  client.properties ─► ClientProperties ─┐
 *  PAGESTREAM_KAFKA_… ────────────────────┴─► KafkaConnection ─► every Kafka client
 * </pre>
 */
@NullMarked
package io.pagestream.schemas.connection;

import org.jspecify.annotations.NullMarked;
