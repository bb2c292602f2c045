/**
 * The embedded broker: one real Kafka node, broker and controller in one, inside this process, and
 * the creation of topics on any cluster.
 *
 * <pre>
 *  BrokerSettings ─► SingleNodeConfig ─► EmbeddedBroker ─► bootstrapServers() ─► TopicCreation
 * </pre>
 */
@NullMarked
package io.pagestream.broker;

import org.jspecify.annotations.NullMarked;
